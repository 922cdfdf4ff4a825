// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.time.Instant;
import java.util.List;

/**
 * Increment of rate, errors and duration of one operation in one slice of 10 s, from unsampled
 * spans. Rows of one slice are summed; late spans add rows.
 *
 * @param sliceStart start of the slice of the spans' ends
 * @param durationNanos sum over the spans
 * @param buckets counts per upper bound of {@link #BOUNDS_MILLIS}, one more for the rest
 * @param task with {@code seq} the identity of the row
 */
public record RedRollup(
    String tenant,
    String region,
    String service,
    String operation,
    String kind,
    Instant sliceStart,
    long count,
    long errors,
    long durationNanos,
    List<Long> buckets,
    String task,
    long seq) {

  /** Upper bounds, inclusive, of the latency buckets. */
  public static final List<Long> BOUNDS_MILLIS =
      List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L);
}
