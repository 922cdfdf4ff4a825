// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.nio.file.Path;
import java.util.Optional;

/**
 * @param withPeer beside the OpenTelemetry Collector
 * @param spans of one run, which is a backlog
 * @param runs of each subject
 * @param warm run each until it gets no better, before the first run that counts
 * @param report gets one JSON object a line for each figure, after what it holds
 */
public record ArchiveOptions(
    boolean withPeer, long spans, int runs, boolean warm, Optional<Path> report) {}
