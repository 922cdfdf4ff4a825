// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * @param records backlog of one run
 * @param runs that count
 * @param warm run until it gets no better, before the first run that counts
 * @param budgets that are loaded at least; a twentieth of them is touched each second
 * @param history that each budget has
 * @param held for how long budgets are touched
 * @param report gets one JSON object a line for each figure, after what it holds
 */
public record EngineOptions(
    int records,
    int runs,
    boolean warm,
    int budgets,
    Duration history,
    Duration held,
    Optional<Path> report) {

  /** Each budget is touched once in so many seconds. */
  static final int ROUND_SECONDS = 20;
}
