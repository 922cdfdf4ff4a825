// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import java.util.Map;

/**
 * Where the items of one (tenant, region, signal) are, since some instant.
 *
 * @param countedOnly by reason
 * @param sampledOut spans that the sampler left out
 * @param stored rows found in the tables of the signal
 * @param settled what of stored and sampled out extraction's account has arrived for; the rest is
 *     younger
 * @param duplicates rows less distinct (region, task, seq, index)
 */
public record Account(
    String tenant,
    String region,
    String signal,
    long offered,
    long rejected,
    long refused,
    long accepted,
    long deduplicated,
    Map<String, Long> countedOnly,
    long forwarded,
    long sampledOut,
    long stored,
    long settled,
    long duplicates) {

  /** Forwarded, and neither stored nor sampled out yet. */
  public long inFlight() {
    return Math.max(0, forwarded - settled);
  }

  /** Items under no heading, or under two, and rows that nobody forwarded. */
  public long residual() {
    long counted = countedOnly.values().stream().mapToLong(Long::longValue).sum();
    return Math.abs(accepted - deduplicated - counted - forwarded)
        + Math.max(0, settled - forwarded);
  }
}
