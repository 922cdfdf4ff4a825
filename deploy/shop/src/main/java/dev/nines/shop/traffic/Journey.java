// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import org.jspecify.annotations.Nullable;

/**
 * One request of a customer: a trace.
 *
 * @param endNanos when the customer had the answer, in nanoseconds since the first request of the
 *     run; this instant decides which faults hit the journey
 * @param tier {@code customer.tier}: free, plus or enterprise
 * @param customer {@code customer.id}, one of a few names; null but of an enterprise
 * @param edge the root; its own times begin at 0
 */
public record Journey(
    Region region, long endNanos, String tier, @Nullable String customer, Call edge) {

  /** When the edge took the request; negative for the first requests of a run. */
  public long startNanos() {
    return endNanos - edge.endNanos();
  }

  public int spans() {
    return edge.spans();
  }
}
