// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * @param slos of ours that are loaded, a run each
 * @param failing of each run, or all where there are fewer
 * @param peerSlos of Prometheus, a run for each setting; none without the peer
 * @param ones runs with one SLO, and installations of the peer with one: each gives one page
 * @param clean from complete history to the first outage
 * @param report gets one JSON object a line for each figure, after what it holds
 */
public record PageOptions(
    List<Integer> slos,
    int failing,
    List<Integer> peerSlos,
    int ones,
    Duration clean,
    Optional<Path> report) {}
