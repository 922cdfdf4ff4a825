// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.nio.file.Path;
import java.util.Optional;

/**
 * @param spans of one run, which is a backlog
 * @param runs that count
 * @param warm run until it gets no better, before the first run that counts
 * @param report gets one JSON object a line for each figure, after what it holds
 */
public record ExtractionOptions(long spans, int runs, boolean warm, Optional<Path> report) {}
