// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * One line of a report.
 *
 * @param value the median of ours
 * @param peer the peer and its setting; null when there was none
 * @param peerValue the median of the peer's in the same run
 * @param ratio ours to the peer's
 */
@JsonPropertyOrder({
  "bench",
  "metric",
  "value",
  "unit",
  "higherIsBetter",
  "peer",
  "peerValue",
  "ratio",
  "machine",
  "commit"
})
public record Figure(
    String bench,
    String metric,
    double value,
    String unit,
    boolean higherIsBetter,
    @Nullable String peer,
    @Nullable Double peerValue,
    @Nullable Double ratio,
    String machine,
    String commit) {}
