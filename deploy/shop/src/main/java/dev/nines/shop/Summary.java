// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.nines.shop.delivery.Counts;
import java.util.List;
import java.util.Map;

/**
 * {@code summary.json}, and the last line on standard output: the run in numbers.
 *
 * @param begin first instant of the run, RFC 3339, as {@code end}, the instant the shop left
 * @param stoppedEarly standard input ended before the last request
 * @param counts spans and batches of all regions by the names of {@code Count}, and droppedSpans
 * @param cpuMillis processor time of the whole process
 */
record Summary(
    String type,
    long seed,
    String script,
    long durationSeconds,
    String begin,
    String end,
    boolean stoppedEarly,
    long requests,
    @JsonAnyGetter Map<String, Long> counts,
    Map<String, Counts> regions,
    List<ChangeFeed.Told> changes,
    long cpuMillis) {}
