// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.time.Instant;

/**
 * Items that one stage put under one heading. Entries are increments: sums per (tenant, region,
 * signal, heading) must satisfy
 *
 * <pre>
 * offered  = accepted + rejected + refused                        (ingest, in memory, best effort)
 * accepted = deduplicated + countedOnly(reason) + forwarded       (extraction, in its transaction)
 * forwarded = sampled out + stored + in flight                    (archive; stored = rows found)
 * </pre>
 *
 * @param heading one of {@link Heading}
 * @param reason bounded word, empty where the heading needs none
 * @param task with {@code seq} the identity of the entry; a collector uses its id and a counter
 */
public record AccountingEntry(
    String tenant,
    String region,
    String signal,
    Heading heading,
    String reason,
    long items,
    String task,
    long seq,
    Instant at) {

  /** Where an item can be. */
  public enum Heading {
    OFFERED,
    REJECTED,
    REFUSED,
    ACCEPTED,
    DEDUPLICATED,
    COUNTED_ONLY,
    FORWARDED,
    /** Written by the archive beside the spans that the sampler kept; in no topic. */
    SAMPLED_OUT
  }
}
