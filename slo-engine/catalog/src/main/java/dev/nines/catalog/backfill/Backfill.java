// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import dev.nines.objectives.SloId;
import java.time.Instant;

/**
 * A row of {@code slo_backfill}.
 *
 * @param ledger no other line of the SLO accounts for the time before this one
 */
public record Backfill(
    SloId slo, long line, Instant lineFrom, boolean ledger, BackfillState state, long version) {}
