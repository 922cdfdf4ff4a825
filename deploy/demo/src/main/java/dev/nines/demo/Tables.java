// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.paging.PagerDutyLog;
import dev.nines.demo.points.PointCheck;
import dev.nines.demo.sla.SlaResult;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.ShopLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Rows of the report. */
final class Tables {

  private Tables() {}

  static List<Report.SloCount> slos(
      Map<String, Map<String, Count>> truth, Map<String, Map<String, Count>> engine) {
    return rows(truth, engine, Report.SloCount::new);
  }

  static List<Report.GroupCount> groups(
      Map<String, Map<String, Count>> truth, Map<String, Map<String, Count>> engine) {
    return rows(truth, engine, Report.GroupCount::new);
  }

  /** Makes one row: objective, part of it, what is true, what the engine says. */
  @FunctionalInterface
  private interface Row<R> {
    R of(String slo, String part, Count truth, Count engine);
  }

  private static <R> List<R> rows(
      Map<String, Map<String, Count>> truth, Map<String, Map<String, Count>> engine, Row<R> row) {
    List<R> rows = new ArrayList<>();
    truth.forEach(
        (slo, parts) ->
            parts.forEach(
                (part, count) -> {
                  Map<String, Count> found = engine.getOrDefault(slo, Map.of());
                  rows.add(row.of(slo, part, count, found.getOrDefault(part, Count.NONE)));
                }));
    return rows;
  }

  static Report.Spans spans(ShopLog log, Observation seen, Verdict verdict) {
    long acknowledged = log.acknowledgedSpans();
    return new Report.Spans(
        log.spans().size(),
        acknowledged,
        seen.storedRows(),
        verdict.lost(),
        verdict.duplicated(),
        log.spans().size() - acknowledged,
        log.dropped(),
        log.resent());
  }

  static Report.Metrics metrics(PointCheck check) {
    return new Report.Metrics(
        check.log().points().size(),
        check.log().acknowledgedPoints(),
        check.stored().rows(),
        check.lost(),
        check.duplicated());
  }

  static Report.Sla sla(SlaResult sla) {
    return new Report.Sla(
        sla.customer(), sla.credit(), sla.currency(), sla.expectedCredit(), sla.files());
  }

  static Report.PagerDuty pagerDuty(PagerDutyLog log) {
    return new Report.PagerDuty(
        log.count("trigger"),
        log.count("resolve"),
        log.changeIds().size(),
        log.complaints().size());
  }

  /** The first page of each objective that called for one. */
  static List<Report.Page> pages(List<DuePage> due, List<Provider.Page> received) {
    List<Report.Page> rows = new ArrayList<>();
    for (DuePage page : due) {
      received.stream()
          .filter(found -> found.event().equals("trigger") && found.slo().equals(page.slo()))
          .min(Comparator.comparing(Provider.Page::received))
          .ifPresent(found -> rows.add(row(page, found)));
    }
    return rows;
  }

  private static Report.Page row(DuePage due, Provider.Page found) {
    return new Report.Page(
        due.slo(),
        due.firstBadEvent(),
        due.earliest(),
        found.received(),
        Duration.between(due.earliest(), found.received()).toMillis(),
        due.clientDelayMillis());
  }
}
