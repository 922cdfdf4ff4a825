// SPDX-License-Identifier: Apache-2.0
/**
 * Counts into budgets and alerts, one Streams task a partition, all regions of an SLO in one task.
 *
 * <pre>
 * sli.counts ─► EvaluationTask
 *   counts ───► Counting ──── Cells (the ladder), LineSlices, Ledger ─► slo.ledger
 *                       └──── Alerts ─► slo.burn
 *   past ─────► Backfilling ── the same, judged at the next boundary
 *   progress ─► Completeness ─ Hindsight ── Alerts ─► slo.burn
 *                       └──── Expectations ── Vanishings ─► slo.burn
 *   clock ────► Boundaries ─── Scopes, Coverage ── Alerts ─► slo.burn
 *                       └──── Statuses ─► slo.status
 * </pre>
 */
@NullMarked
package dev.nines.evaluation;

import org.jspecify.annotations.NullMarked;
