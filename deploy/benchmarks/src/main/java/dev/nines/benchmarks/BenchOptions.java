// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.nio.file.Path;
import java.util.Optional;

/**
 * @param withPeer beside the OpenTelemetry Collector
 * @param seconds measured time of a run
 * @param runs of each subject in each case
 * @param warmupSeconds one step of {@link WarmUp}; 0 for none
 * @param spansPerSecond offered to each subject, whatever it does
 * @param report gets one JSON object a line for each figure, after what it holds
 */
public record BenchOptions(
    boolean withPeer,
    int seconds,
    int runs,
    int warmupSeconds,
    int spansPerSecond,
    Optional<Path> report) {}
