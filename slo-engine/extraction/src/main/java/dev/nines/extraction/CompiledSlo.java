// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.telemetry.SpanView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An SLO's selector and its bad predicate over slices of bytes; the service is looked up before.
 */
final class CompiledSlo {

  private static final List<String> KINDS =
      List.of("unspecified", "internal", "server", "client", "producer", "consumer");
  private static final long DAY_MILLIS = 86_400_000L;

  private final Slo slo;
  private final String id;
  private final String service;
  private final SpanTest selected;
  private final SpanTest bad;
  private final @Nullable Grouping grouping;
  private final long oldestMillis;

  CompiledSlo(Slo slo, SpanIndicator indicator) {
    this.slo = slo;
    this.id = slo.id().toString();
    this.service = indicator.service();
    this.selected = selector(indicator);
    this.bad = predicate(indicator.bad());
    this.grouping = Grouping.of(slo.groupBy()).orElse(null);
    this.oldestMillis = slo.period().longest().toMillis() + DAY_MILLIS;
  }

  Slo slo() {
    return slo;
  }

  String id() {
    return id;
  }

  /** Empty for any. */
  String service() {
    return service;
  }

  /** Null where the SLO does not group: asked for every span, it makes nothing. */
  @Nullable Grouping grouping() {
    return grouping;
  }

  boolean selects(SpanView span) {
    return selected.test(span);
  }

  boolean bad(SpanView span) {
    return bad.test(span);
  }

  /** Beyond the period and a day: outside every budget. */
  boolean tooOld(long ageMillis) {
    return ageMillis > oldestMillis;
  }

  static String kindName(int kind) {
    return kind >= 0 && kind < KINDS.size() ? KINDS.get(kind) : KINDS.getFirst();
  }

  private static SpanTest selector(SpanIndicator indicator) {
    SpanTest test = span -> true;
    if (!indicator.operation().isEmpty()) {
      byte[] operation = indicator.operation().getBytes(UTF_8);
      test = test.and(span -> span.name().contentEquals(operation));
    }
    if (!indicator.kind().isEmpty()) {
      int kind = KINDS.indexOf(indicator.kind());
      test = test.and(span -> span.kind() == kind);
    }
    for (Map.Entry<String, String> wanted : indicator.attributes().entrySet()) {
      test = test.and(new AttributeTest(wanted.getKey(), Comparison.EQ, wanted.getValue()));
    }
    for (AttributeMatcher matcher : indicator.matchers()) {
      test = test.and(new MatcherTest(matcher));
    }
    return test;
  }

  private static SpanTest predicate(SpanPredicate predicate) {
    return switch (predicate) {
      case SpanPredicate.StatusError() -> SpanView::failed;
      case SpanPredicate.Slower(var threshold) -> {
        long nanos = threshold.toNanos();
        yield span -> span.durationNanos() > nanos;
      }
      case SpanPredicate.Attribute(var key, var comparison, var value) ->
          new AttributeTest(key, comparison, value);
      case SpanPredicate.AnyOf(var predicates) -> {
        List<SpanTest> tests = predicates.stream().map(CompiledSlo::predicate).toList();
        yield span -> tests.stream().anyMatch(test -> test.test(span));
      }
      case SpanPredicate.AllOf(var predicates) -> {
        List<SpanTest> tests = predicates.stream().map(CompiledSlo::predicate).toList();
        yield span -> tests.stream().allMatch(test -> test.test(span));
      }
      case SpanPredicate.Not(var negated) -> {
        SpanTest test = predicate(negated);
        yield span -> !test.test(span);
      }
    };
  }
}
