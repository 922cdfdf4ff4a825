// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What must be reached in one case.
 *
 * @param spansPerCpuSecond at least
 * @param ratio at least, to the peer that gives the same promise
 */
record Goal(double spansPerCpuSecond, double ratio) {

  /** What is missed, in words; empty when nothing is. */
  List<String> missedBy(double ours, Optional<Double> peers) {
    List<String> missed = new ArrayList<>();
    if (ours < spansPerCpuSecond) {
      missed.add(
          String.format(
              Locale.ROOT,
              "%,.0f spans per CPU-second are under the goal of %,.0f",
              ours,
              spansPerCpuSecond));
    }
    peers
        .map(peer -> ours / peer)
        .filter(reached -> reached < ratio)
        .ifPresent(
            reached ->
                missed.add(
                    String.format(
                        Locale.ROOT,
                        "%.2f times the peer is under the goal of %.0f times",
                        reached,
                        ratio)));
    return missed;
  }
}
