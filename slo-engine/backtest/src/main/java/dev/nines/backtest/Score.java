// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How well policies of one severity did. Scores of several SLOs add up.
 *
 * @param slos that had such policies
 * @param alerts that were told
 * @param right those of them that were about a case
 * @param cases incidents x the SLOs that each broke
 * @param detections of the detected cases, from the begin of the incident
 * @param resets of the detected cases whose alerts are over, from the end of the incident
 * @param open detected cases with an alert that was open when the history ended
 */
public record Score(
    int slos,
    int alerts,
    int right,
    int cases,
    List<Duration> detections,
    List<Duration> resets,
    int open) {

  Score plus(Score other) {
    return new Score(
        slos + other.slos,
        alerts + other.alerts,
        right + other.right,
        cases + other.cases,
        joined(detections, other.detections),
        joined(resets, other.resets),
        open + other.open);
  }

  /** At least this share of the alerts was right; also when there was none. */
  public boolean precise(BigDecimal least) {
    return atLeast(right, alerts, least);
  }

  /** At least this share of the cases was detected; also when there was none. */
  public boolean recalls(BigDecimal least) {
    return atLeast(detected(), cases, least);
  }

  private static boolean atLeast(int part, int all, BigDecimal least) {
    return BigDecimal.valueOf(part).compareTo(least.multiply(BigDecimal.valueOf(all))) >= 0;
  }

  int detected() {
    return detections.size();
  }

  /** Of an even number the lower of the two in the middle: one that was seen. */
  static Optional<Duration> median(List<Duration> times) {
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(times.stream().sorted().toList().get((times.size() - 1) / 2));
  }

  static Optional<Duration> worst(List<Duration> times) {
    return times.stream().max(Duration::compareTo);
  }

  private static List<Duration> joined(List<Duration> some, List<Duration> others) {
    List<Duration> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}
