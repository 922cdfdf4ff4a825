// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.sla.Contract.Treatment;
import dev.nines.objectives.sla.Report.Day;
import dev.nines.objectives.sla.Report.Definition;
import dev.nines.objectives.sla.Report.MinuteCounts;
import dev.nines.objectives.sla.Report.Outage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongBiFunction;

/** One service's part of a report. */
final class ServiceBuilder {

  /** More outages than this in one period are counted, not listed. */
  static final int OUTAGES_MAX = 200;

  private static final int COVERAGE_DIGITS = 4;

  private final Contract contract;
  private final Contract.Service service;
  private final Period period;
  private final Timeline timeline;
  private final Timeline unexcluded;
  private final Timeline atWorst;

  ServiceBuilder(
      Contract contract,
      Contract.Service service,
      Period period,
      Minutes minutes,
      BitSet excluded) {
    this.contract = contract;
    this.service = service;
    this.period = period;
    this.timeline = new Timeline(contract, service, minutes, excluded);
    this.unexcluded = new Timeline(contract, service, minutes, new BitSet());
    this.atWorst = new Timeline(contract, service, minutes.atWorst(), excluded);
  }

  Timeline timeline() {
    return timeline;
  }

  Credit credit() {
    return Credit.of(contract.credits(), service, uptime());
  }

  Report.ServiceReport build() {
    List<Outage> outages = outages();
    Credit credit = credit();
    return new Report.ServiceReport(
        service.name(),
        service.slo(),
        service.group(),
        service.measure().word(),
        Words.rule(service),
        service.promised(),
        service.tiers(),
        uptime().map(Uptime::shown).orElse(null),
        uptime(atWorst).map(Uptime::shown).orElse(null),
        credit.percent(),
        service.monthlyFee(),
        credit.amount(),
        counts(0, period.minutes()),
        sum(0, period.minutes(), Minutes::good),
        sum(0, period.minutes(), Minutes::uncertain),
        events(0, period.minutes()),
        sum(0, period.minutes(), Minutes::missing),
        coverage(),
        definitions(),
        outages.subList(0, Math.min(outages.size(), OUTAGES_MAX)),
        Math.max(0, outages.size() - OUTAGES_MAX),
        days());
  }

  private Optional<Uptime> uptime() {
    return uptime(timeline);
  }

  private Optional<Uptime> uptime(Timeline judged) {
    return judged.uptime(service.measure(), contract.exclusions().treatment());
  }

  private List<Definition> definitions() {
    List<Definition> definitions = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      for (Treatment treatment : Treatment.values()) {
        definitions.add(definition(measure, treatment));
      }
    }
    return definitions;
  }

  private Definition definition(Measure measure, Treatment treatment) {
    Timeline judged = treatment == Treatment.COUNTED ? unexcluded : timeline;
    Optional<Uptime> uptime = judged.uptime(measure, treatment);
    Credit credit = Credit.of(contract.credits(), service, uptime);
    return new Definition(
        measure.word(),
        treatment.name().toLowerCase(Locale.ROOT),
        measure == service.measure() && treatment == contract.exclusions().treatment(),
        uptime.map(Uptime::shown).orElse(null),
        credit.percent(),
        credit.amount());
  }

  private List<Outage> outages() {
    List<Outage> outages = new ArrayList<>();
    int start = 0;
    while (start < period.minutes()) {
      int end = start;
      while (end < period.minutes() && timeline.verdict(end) == Verdict.DOWN) {
        end++;
      }
      if (end > start) {
        outages.add(
            new Outage(
                period.minute(start),
                period.minute(end),
                end - start,
                bad(start, end),
                events(start, end)));
      }
      start = Math.max(end, start + 1);
    }
    return outages;
  }

  private List<Day> days() {
    List<Day> days = new ArrayList<>();
    LocalDate date = LocalDate.ofInstant(period.from(), period.zone());
    int start = 0;
    while (start < period.minutes()) {
      int end = period.index(date.plusDays(1).atStartOfDay(period.zone()).toInstant());
      days.add(new Day(date, counts(start, end), bad(start, end), events(start, end)));
      date = date.plusDays(1);
      start = end;
    }
    return days;
  }

  private MinuteCounts counts(int from, int to) {
    return new MinuteCounts(
        to - from,
        timeline.count(Verdict.UP, from, to),
        timeline.count(Verdict.DOWN, from, to),
        timeline.count(Verdict.IDLE, from, to),
        timeline.count(Verdict.UNMEASURED, from, to),
        timeline.count(Verdict.EXCLUDED, from, to));
  }

  private long bad(int from, int to) {
    return sum(from, to, Minutes::bad);
  }

  private long events(int from, int to) {
    return sum(from, to, Minutes::total);
  }

  private long sum(int from, int to, ToLongBiFunction<Minutes, Integer> of) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += of.applyAsLong(timeline.minutes(), i);
    }
    return sum;
  }

  private BigDecimal coverage() {
    int heard = 0;
    for (int i = 0; i < period.minutes(); i++) {
      heard += timeline.minutes().heard(i) > 0 ? 1 : 0;
    }
    return BigDecimal.valueOf(100L * heard)
        .divide(BigDecimal.valueOf(period.minutes()), COVERAGE_DIGITS, RoundingMode.FLOOR);
  }
}
