// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import java.util.Optional;

/**
 * What the load saw between the two ends of the measured time.
 *
 * @param dueSpans what the rate asks for in that time
 * @param sentSpans what was sent in it
 * @param acknowledgedSpans what was answered by OK in it
 * @param cpuSeconds user and system time of the process under test in it
 * @param acknowledgedBatches in the whole run, lead included
 * @param refusedBatches in the whole run
 * @param firstRefusal the answer to the first of them; empty when there is none
 * @param bodyBytes a batch on the wire, on average
 */
public record LoadResult(
    double dueSpans,
    long sentSpans,
    long acknowledgedSpans,
    double cpuSeconds,
    long acknowledgedBatches,
    long refusedBatches,
    String firstRefusal,
    long bodyBytes) {

  /** A run whose generator or subject is this far behind the rate says nothing. */
  private static final double LEAST_SHARE = 0.95;

  public double spansPerCpuSecond() {
    return acknowledgedSpans / cpuSeconds;
  }

  /** Why this run may not be counted; empty when it may. */
  public Optional<String> voidReason() {
    if (sentSpans < LEAST_SHARE * dueSpans) {
      return Optional.of(
          "the generator sent %d of %.0f spans that were due".formatted(sentSpans, dueSpans));
    }
    if (refusedBatches > 0) {
      return Optional.of(refusedBatches + " batches were refused, first: " + firstRefusal);
    }
    return acknowledgedSpans < LEAST_SHARE * dueSpans
        ? Optional.of(
            "%d of %.0f spans that were due were acknowledged"
                .formatted(acknowledgedSpans, dueSpans))
        : Optional.empty();
  }
}
