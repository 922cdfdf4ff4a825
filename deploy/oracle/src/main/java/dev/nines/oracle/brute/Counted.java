// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle.brute;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which events count for one promise, by region and slice of 10 s. */
final class Counted {

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long AHEAD_MAX = 300_000;
  private static final long MILLION = 1_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Promise promise;
  private final long from;
  private final Map<String, Long> firstSeen = new HashMap<>();
  private final Map<String, Long> counters = new HashMap<>();
  final Map<String, TreeMap<Long, long[]>> regions = new TreeMap<>();

  /** Events that came more than a day after they happened, and count. */
  int late;

  /** Events that are older than the period and a day. */
  int tooOld;

  /**
   * @param from start of the promise, epoch milliseconds
   */
  Counted(Promise promise, long from) {
    this.promise = promise;
    this.from = from;
  }

  /** True when some event of the batch counts. */
  boolean take(Batch batch) {
    Long first = firstSeen.get(batch.region() + batch.body());
    if (first != null && batch.appendedAt() - first <= HOUR) {
      return false;
    }
    firstSeen.put(batch.region() + batch.body(), batch.appendedAt());
    boolean any = false;
    for (Event event : batch.events()) {
      any |=
          switch (event) {
            case Event.Span span -> span(batch, span);
            case Event.Point point -> point(batch, point);
            case Event.Gauge gauge -> gauge(batch, gauge);
          };
    }
    return any;
  }

  private boolean span(Batch batch, Event.Span span) {
    if (promise.kind() != Promise.Kind.SPANS || !promise.total().test(span)) {
      return false;
    }
    return add(batch, span.endNanos() / NANOS_PER_MILLI, promise.bad().test(span) ? 1 : 0, 1);
  }

  /** The stream's points come in order; what a restarted one shows is all new. */
  private boolean point(Batch batch, Event.Point point) {
    if (promise.kind() != Promise.Kind.COUNTERS) {
      return false;
    }
    boolean all = promise.total().test(point);
    boolean failed = promise.bad().test(point);
    if (!all && !failed) {
      return false;
    }
    String stream =
        point.service() + point.metric() + new TreeMap<>(point.attributes()) + point.startNanos();
    long before = counters.getOrDefault(stream, 0L);
    counters.put(stream, point.value());
    long added = point.value() - before;
    return add(batch, point.timeNanos() / NANOS_PER_MILLI, failed ? added : 0, all ? added : 0);
  }

  /** What is no number says nothing, nor does a share that is none. */
  private boolean gauge(Batch batch, Event.Gauge gauge) {
    double value = gauge.value();
    if (!promise.total().test(gauge) || Double.isNaN(value)) {
      return false;
    }
    long time = gauge.timeNanos() / NANOS_PER_MILLI;
    return switch (promise.kind()) {
      case SPANS, COUNTERS -> false;
      case VALUES -> add(batch, time, promise.bad().test(gauge) ? 1 : 0, 1);
      case SHARES ->
          value >= 0
              && value <= 1
              && add(batch, time, MILLION - Math.round(value * MILLION), MILLION);
    };
  }

  private boolean add(Batch batch, long time, long bad, long total) {
    long at = time > batch.appendedAt() + AHEAD_MAX ? batch.appendedAt() : time;
    long slice = Math.floorDiv(at, 10_000L) * 10;
    long age = batch.appendedAt() - at;
    if (age > longest() + DAY) {
      tooOld++;
      return false;
    }
    if (slice * 1_000 < from) {
      return false;
    }
    late += age > DAY ? 1 : 0;
    long[] cell =
        regions
            .computeIfAbsent(batch.region(), region -> new TreeMap<>())
            .computeIfAbsent(slice, s -> new long[2]);
    cell[0] += bad;
    cell[1] += total;
    return true;
  }

  private long longest() {
    Stretch period = promise.period();
    if (period.rolls()) {
      return period.seconds() * 1_000;
    }
    return period.number()
        * DAY
        * switch (period.unit()) {
          case 'd' -> 1;
          case 'w' -> 7;
          case 'M' -> 31;
          default -> 93;
        };
  }
}
