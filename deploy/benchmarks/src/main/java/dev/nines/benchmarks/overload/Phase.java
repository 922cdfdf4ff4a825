// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.overload;

import dev.nines.benchmarks.load.SpanBatch;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a platform answered to an open loop.
 *
 * @param spansPerSecond asked for
 * @param shots what was offered, in the order in which it was due
 */
record Phase(int spansPerSecond, Duration length, List<Shot> shots) {

  /** An acknowledgement that takes longer is no normal one. */
  static final long NORMAL_MILLIS = 200;

  /** Offered, of what was due: less when the generator or a full window held it back. */
  double offeredShare() {
    double due = (double) spansPerSecond * length.toSeconds() / SpanBatch.SPANS;
    return shots.size() / due;
  }

  /** Every batch acknowledged, 99 of 100 in normal time, and nearly all that was due offered. */
  boolean sustained() {
    return offeredShare() > 0.95 && normal(shots);
  }

  long acknowledged() {
    return shots.stream().filter(Shot::acknowledged).count();
  }

  /** Of what was acknowledged; 0 when nothing was. */
  long p99Millis() {
    return p99Millis(shots);
  }

  Map<String, Long> codes() {
    return shots.stream()
        .collect(Collectors.groupingBy(Shot::code, TreeMap::new, Collectors.counting()));
  }

  /** Answers that no client may get, however much it sends; each once. */
  List<String> wrong() {
    Predicate<Shot> right = shot -> shot.acknowledged() || shot.refusedForNow();
    return shots.stream().filter(right.negate()).map(Shot::answer).distinct().limit(5).toList();
  }

  /** The second from which on all is normal to the end, if 10 s or more are left then. */
  OptionalLong normalFromSecond() {
    long last = length.toSeconds() - 10;
    for (long second = 0; second <= last; second++) {
      long from = second * 1_000;
      if (normal(shots.stream().filter(shot -> shot.dueMillis() >= from).toList())) {
        return OptionalLong.of(second);
      }
    }
    return OptionalLong.empty();
  }

  private static boolean normal(List<Shot> shots) {
    return !shots.isEmpty()
        && shots.stream().allMatch(Shot::acknowledged)
        && p99Millis(shots) <= NORMAL_MILLIS;
  }

  private static long p99Millis(List<Shot> shots) {
    List<Long> sorted =
        shots.stream()
            .filter(Shot::acknowledged)
            .map(Shot::answerMillis)
            .sorted(Comparator.naturalOrder())
            .toList();
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
  }
}
