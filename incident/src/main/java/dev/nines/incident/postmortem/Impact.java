// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an incident did to one objective.
 *
 * @param began first ledger minute with a bad event; null when there is none
 * @param ended end of the last one, not after the incident was resolved
 * @param missing bad ones that were expected and did not come
 * @param budgetSpent share of the period's error budget that went in this time, 0.12 is 12 %
 */
public record Impact(
    @Nullable Instant began,
    @Nullable Instant ended,
    long bad,
    long total,
    long missing,
    BigDecimal budgetSpent,
    List<RegionImpact> regions) {

  /** The same in one region. */
  public record RegionImpact(String region, long bad, long total) {}
}
