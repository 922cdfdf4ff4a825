// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.extraction.SeriesRecord.Use;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.CounterIndicator.Part;
import dev.nines.objectives.Group;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.objectives.Threshold;
import dev.nines.objectives.ThresholdIndicator;
import dev.nines.telemetry.PointView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one SLO wants of the series that it selects: one half of a ratio of counters, a histogram,
 * or values.
 *
 * @param sinceSeconds when the SLO's line began
 * @param threshold of {@link Role#THRESHOLD}
 * @param valuation of {@link Role#VALUE}
 */
record MetricUse(
    Slo slo,
    long sinceSeconds,
    MetricSelection selection,
    List<PointTest> tests,
    Role role,
    Optional<Threshold> threshold,
    Optional<Valuation> valuation,
    Optional<Grouping> grouping) {

  private static final long DAY_MILLIS = 86_400_000L;

  /** What an event of the series is. */
  enum Role {
    /** One of all, beside a counter of good ones. */
    TOTAL_BESIDE_GOOD,
    /** One of all, beside a counter of bad ones: good until that one says otherwise. */
    TOTAL_BESIDE_BAD,
    GOOD,
    BAD,
    /** One of all, and good when it is at or below the threshold. */
    THRESHOLD,
    /** The point itself is one of all, and its value says whether it is good. */
    VALUE
  }

  /** One for a histogram or values, two for a ratio of counters, none for spans. */
  static List<MetricUse> of(Slo slo, long sinceSeconds) {
    return switch (slo.indicator()) {
      case SpanIndicator spans -> List.of();
      case HistogramIndicator(var selection, var threshold) ->
          List.of(counting(slo, sinceSeconds, selection, Role.THRESHOLD, Optional.of(threshold)));
      case ThresholdIndicator(var selection, var operator, var limit) ->
          List.of(valued(slo, sinceSeconds, selection, new Valuation.Compared(operator, limit)));
      case RawIndicator(var selection, var type) ->
          List.of(valued(slo, sinceSeconds, selection, new Valuation.Share(type)));
      case CounterIndicator(var total, var part, var partIs) -> {
        boolean good = partIs == Part.GOOD;
        Role all = good ? Role.TOTAL_BESIDE_GOOD : Role.TOTAL_BESIDE_BAD;
        yield List.of(
            counting(slo, sinceSeconds, total, all, Optional.empty()),
            counting(slo, sinceSeconds, part, good ? Role.GOOD : Role.BAD, Optional.empty()));
      }
    };
  }

  /** As a series is told of it. */
  Use of(PointView point, BigDecimal limit) {
    return new Use(slo.id(), slo.line(), role, limit, sinceSeconds, slo.groupBy(), group(point));
  }

  /** The metric's name was looked up before. */
  boolean selects(PointView point) {
    return tests.stream().allMatch(test -> test.test(point));
  }

  /** Beyond the period and a day: outside every budget. */
  boolean tooOld(long ageMillis) {
    return ageMillis > slo.period().longest().toMillis() + DAY_MILLIS;
  }

  /** {@link Group} of the point's events. */
  private String group(PointView point) {
    return grouping.map(by -> by.group(point)).orElse(Group.ALL);
  }

  /**
   * The threshold in the unit of the metric; 0 for other roles.
   *
   * @return empty when it is a time and the unit is none
   */
  Optional<BigDecimal> limit(PointView point) {
    return threshold.isEmpty()
        ? Optional.of(BigDecimal.ZERO)
        : threshold.get().in(point.metric().unit().utf8());
  }

  private static MetricUse counting(
      Slo slo, long since, MetricSelection selection, Role role, Optional<Threshold> threshold) {
    return use(slo, since, selection, role, threshold, Optional.empty());
  }

  private static MetricUse valued(
      Slo slo, long since, MetricSelection selection, Valuation valuation) {
    return use(slo, since, selection, Role.VALUE, Optional.empty(), Optional.of(valuation));
  }

  private static MetricUse use(
      Slo slo,
      long since,
      MetricSelection selection,
      Role role,
      Optional<Threshold> threshold,
      Optional<Valuation> valuation) {
    List<PointTest> tests = new ArrayList<>();
    if (!selection.service().isEmpty()) {
      byte[] service = selection.service().getBytes(UTF_8);
      tests.add(point -> point.metric().serviceName().contentEquals(service));
    }
    for (Map.Entry<String, String> wanted : selection.attributes().entrySet()) {
      tests.add(new AttributeTest(wanted.getKey(), Comparison.EQ, wanted.getValue()));
    }
    selection.matchers().forEach(matcher -> tests.add(new MatcherTest(matcher)));
    List<AttributeTest> where = new ArrayList<>();
    for (SpanPredicate.Attribute any : selection.where()) {
      where.add(new AttributeTest(any.key(), any.comparison(), any.value()));
    }
    if (!where.isEmpty()) {
      tests.add(point -> where.stream().anyMatch(test -> test.test(point)));
    }
    return new MetricUse(
        slo, since, selection, tests, role, threshold, valuation, Grouping.of(slo.groupBy()));
  }
}
