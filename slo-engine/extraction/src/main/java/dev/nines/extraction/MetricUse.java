// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.extraction.SeriesRecord.Use;
import dev.nines.objectives.Group;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.objectives.series.Wanted;
import dev.nines.telemetry.PointView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one SLO wants, with the tests that select the series.
 *
 * @param sinceSeconds when the SLO's line began
 * @param valuation where a point's value is asked for, and not what it counted
 */
record MetricUse(
    Slo slo,
    long sinceSeconds,
    Wanted wanted,
    List<PointTest> tests,
    Optional<Valuation> valuation,
    Optional<Grouping> grouping) {

  private static final long DAY_MILLIS = 86_400_000L;

  static List<MetricUse> of(Slo slo, long sinceSeconds) {
    return Wanted.of(slo.indicator()).stream().map(each -> use(slo, sinceSeconds, each)).toList();
  }

  /** As a series is told of it. */
  Use of(PointView point, BigDecimal limit) {
    return new Use(
        slo.id(), slo.line(), wanted.role(), limit, sinceSeconds, slo.groupBy(), group(point));
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

  /** Empty where the threshold fits no value of the metric. */
  Optional<BigDecimal> limit(PointView point) {
    return wanted.limit(point.metric().unit().utf8());
  }

  private static MetricUse use(Slo slo, long since, Wanted wanted) {
    MetricSelection selection = wanted.selection();
    List<PointTest> tests = new ArrayList<>();
    if (!selection.service().isEmpty()) {
      byte[] service = selection.service().getBytes(UTF_8);
      tests.add(point -> point.metric().serviceName().contentEquals(service));
    }
    for (Map.Entry<String, String> equal : selection.attributes().entrySet()) {
      tests.add(new AttributeTest(equal.getKey(), Comparison.EQ, equal.getValue()));
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
        slo, since, wanted, tests, Valuation.of(slo.indicator()), Grouping.of(slo.groupBy()));
  }
}
