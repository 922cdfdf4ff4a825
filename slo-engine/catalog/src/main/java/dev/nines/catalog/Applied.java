// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import java.time.Instant;
import java.util.List;

/**
 * What an apply or a removal did, or would do.
 *
 * @param dryRun nothing was done
 * @param generation number now in effect or to come
 * @param effectiveFrom a slice boundary
 * @param slos names in the generation
 * @param added names, and so the others
 * @param changed false when everything was there as asked: then no generation is made
 * @param warnings dialects that lenient reading took, as texts
 * @param notes of the reader, as texts
 */
public record Applied(
    boolean dryRun,
    long generation,
    Instant effectiveFrom,
    boolean changed,
    List<String> slos,
    List<String> added,
    List<String> updated,
    List<String> removed,
    List<String> warnings,
    List<String> notes) {}
