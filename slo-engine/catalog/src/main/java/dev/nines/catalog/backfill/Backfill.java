// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import dev.nines.objectives.SloId;
import java.time.Instant;

/**
 * A row of {@code slo_backfill}.
 *
 * @param ledger the line is its SLO's first
 */
public record Backfill(
    SloId slo, long line, Instant lineFrom, boolean ledger, BackfillState state, long version) {}
