// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import java.util.List;
import java.util.Map;

/**
 * What {@code chaos --report} writes.
 *
 * @param kills SIGKILLs by role or store
 * @param acknowledged spans and data points that were answered as kept
 * @param lost of those, what the store lacks
 * @param duplicated rows beyond the first of a span or point
 * @param unknown spans whose export's outcome the shop never learned
 * @param residual items under no heading of the account
 * @param pagesExpected objectives whose policy was true long enough that somebody must be paged
 * @param pagesLost of those, nobody was
 * @param pagesDuplicatedUnmarked sent twice without saying that it may be a repeat
 */
public record ChaosReport(
    double minutes,
    long seed,
    Map<String, Integer> kills,
    long acknowledged,
    long lost,
    long duplicated,
    long unknown,
    long residual,
    long pagesExpected,
    long pagesLost,
    long pagesDuplicatedUnmarked,
    List<String> brokenPromises) {}
