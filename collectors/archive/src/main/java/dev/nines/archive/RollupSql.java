// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.telemetry.RedRollup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A bad predicate over RED rows, where they can tell: they have failures, and durations by bounds,
 * but not both of one span, and no attributes.
 *
 * @param ofSlices bad events of a row of {@code red_10s}
 * @param ofMinutes bad events of a row of {@code red_1m}
 */
record RollupSql(String ofSlices, String ofMinutes) {

  /** Rows have no more of a name. */
  private static final int NAME_CHARS = 200;

  /** Why rows cannot tell, whatever there is in them; empty when they can. */
  static Optional<String> refusal(Slo slo, SpanIndicator indicator) {
    if (!slo.groupBy().isEmpty()) {
      return Optional.of("they have no groups");
    }
    if (!indicator.attributes().isEmpty() || !indicator.matchers().isEmpty()) {
      return Optional.of("they have no attributes");
    }
    if (Math.max(indicator.service().length(), indicator.operation().length()) >= NAME_CHARS) {
      return Optional.of("they have 200 characters of a name");
    }
    List<SpanPredicate> conditions = conditions(indicator.bad());
    if (conditions.stream().anyMatch(SpanPredicate.Attribute.class::isInstance)) {
      return Optional.of("they have no attributes");
    }
    if (!conditions.stream().allMatch(RollupSql::counted)) {
      return Optional.of("they do not say which spans meet two conditions, or not one");
    }
    boolean failures = conditions.stream().anyMatch(SpanPredicate.StatusError.class::isInstance);
    Optional<Duration> slower = slower(conditions);
    if (failures && slower.isPresent()) {
      return Optional.of("they do not say which failed spans were slow");
    }
    return slower
        .filter(threshold -> bound(threshold).isEmpty())
        .map(threshold -> "they do not count by a bound of " + threshold);
  }

  private static boolean counted(SpanPredicate condition) {
    return switch (condition) {
      case SpanPredicate.StatusError _, SpanPredicate.Slower _ -> true;
      case SpanPredicate.Attribute _,
          SpanPredicate.AnyOf _,
          SpanPredicate.AllOf _,
          SpanPredicate.Not _ ->
          false;
    };
  }

  /** Of an indicator that {@link #refusal} has nothing against. */
  static RollupSql of(SpanIndicator indicator) {
    return slower(conditions(indicator.bad()))
        .map(threshold -> bound(threshold).orElseThrow())
        .map(RollupSql::above)
        .orElseGet(() -> new RollupSql("errors", "errors"));
  }

  private static RollupSql above(long boundMillis) {
    int within = RedRollup.BOUNDS_MILLIS.indexOf(boundMillis) + 1;
    return new RollupSql(
        "arraySum(arraySlice(buckets, %d))".formatted(within + 1),
        "arraySum(arrayMap((bound, n) -> if(bound > %d, n, 0), latencyMap.bound, latencyMap.count))"
            .formatted(boundMillis));
  }

  private static Optional<Long> bound(Duration threshold) {
    return RedRollup.BOUNDS_MILLIS.stream()
        .filter(millis -> Duration.ofMillis(millis).equals(threshold))
        .findFirst();
  }

  /** What is slower than one of several thresholds is slower than the least. */
  private static Optional<Duration> slower(List<SpanPredicate> conditions) {
    return conditions.stream()
        .filter(SpanPredicate.Slower.class::isInstance)
        .map(condition -> ((SpanPredicate.Slower) condition).threshold())
        .min(Comparator.naturalOrder());
  }

  private static List<SpanPredicate> conditions(SpanPredicate predicate) {
    if (predicate instanceof SpanPredicate.AnyOf any) {
      List<SpanPredicate> all = new ArrayList<>();
      any.predicates().forEach(each -> all.addAll(conditions(each)));
      return all;
    }
    return List.of(predicate);
  }
}
