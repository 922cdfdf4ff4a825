// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns points into what each adds. A delta adds itself. A cumulative point adds what its stream
 * has more than before; the first one adds all of it, if the stream began after the objectives did
 * and before the point.
 */
final class Increments {

  private Increments() {}

  static List<Increment> of(List<SentPoint> points, Instant effectiveFrom) {
    long since = effectiveFrom.getEpochSecond() * 1_000_000_000L + effectiveFrom.getNano();
    List<Increment> increments = new ArrayList<>();
    Map<String, SentPoint> last = new HashMap<>();
    List<SentPoint> ordered = new ArrayList<>(points);
    ordered.sort(Comparator.comparingLong(SentPoint::timeNanos));
    for (SentPoint point : ordered) {
      if (!point.cumulative()) {
        increments.add(new Increment(point, point.measured()));
        continue;
      }
      SentPoint before = last.put(point.stream(), point);
      if (before != null) {
        increments.add(new Increment(point, point.measured().less(before.measured())));
      } else if (point.startNanos() >= since && point.startNanos() < point.timeNanos()) {
        increments.add(new Increment(point, point.measured()));
      }
    }
    return increments;
  }
}
