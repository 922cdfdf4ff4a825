// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.time.Instant;
import java.util.List;

/**
 * What the sampler must know of a batch of a sampled tenant before it decides on any batch with the
 * same traces, or of the same window. Written by extraction in the transaction of the batch.
 *
 * @param window of {@link #WINDOW_SECONDS} of log-append time in {@code telemetry.in}
 * @param spans counted in the window
 * @param traces ids, in hex, of those that must be kept whole: with a failure, bad for an SLO, or
 *     rare
 */
public record TraceInterest(String tenant, Instant window, long spans, List<String> traces) {

  public static final int WINDOW_SECONDS = 10;

  /** Start of the window of a time. */
  public static Instant window(Instant appendedAt) {
    long seconds = appendedAt.getEpochSecond();
    return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, WINDOW_SECONDS));
  }
}
