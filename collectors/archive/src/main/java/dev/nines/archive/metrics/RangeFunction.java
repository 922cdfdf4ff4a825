// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is told of the points in a window. Of counters and distributions the window's own share is
 * meant, never the sum since the process began; {@code last} of a counter is the value as sent.
 */
enum RangeFunction {
  /** The youngest value of each series; of several series, their sum. */
  LAST,
  /** Mean of all points; of a distribution, sum by count. */
  AVG,
  MIN,
  MAX,
  /** Of all points; of a distribution, the sum of what was measured in the window. */
  SUM,
  /** How many points; of a distribution, how many measurements in the window. */
  COUNT,
  /** By how much a counter grew; of a distribution, its count. */
  INCREASE,
  /** The increase by seconds of the step. */
  RATE,
  /** An estimate from buckets with the bounds between which the true one is. */
  QUANTILE;

  private static final Set<RangeFunction> OF_POINTS = EnumSet.of(LAST, AVG, MIN, MAX, SUM, COUNT);
  private static final Set<RangeFunction> OF_COUNTS = EnumSet.of(AVG, SUM, COUNT, INCREASE, RATE);

  /**
   * @throws IllegalArgumentException when no function has this name
   */
  static RangeFunction parse(String text) {
    return Arrays.stream(values())
        .filter(function -> function.word().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "fn: one of %s, not '%s'"
                        .formatted(words(EnumSet.allOf(RangeFunction.class)), text)));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when points of this type do not have it
   */
  void check(String type) {
    Set<RangeFunction> allowed = allowed(type);
    if (!allowed.contains(this)) {
      throw new IllegalArgumentException(
          "fn: of a %s one of %s, not '%s'".formatted(type, words(allowed), word()));
    }
  }

  private static Set<RangeFunction> allowed(String type) {
    EnumSet<RangeFunction> allowed =
        EnumSet.copyOf(type.equals("gauge") || type.equals("sum") ? OF_POINTS : OF_COUNTS);
    switch (type) {
      case "sum" -> allowed.addAll(EnumSet.of(INCREASE, RATE));
      case "histogram", "exponential_histogram" -> allowed.add(QUANTILE);
      default -> {}
    }
    return allowed;
  }

  private static String words(Set<RangeFunction> functions) {
    return functions.stream().map(RangeFunction::word).collect(Collectors.joining(", "));
  }
}
