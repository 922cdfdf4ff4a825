// SPDX-License-Identifier: Apache-2.0
/**
 * Counts into budgets and alerts, one Streams task a partition, all regions of an SLO in one task.
 *
 * <pre>
 * sli.counts ─► EvaluationTask ── Cells (the ladder) ── Scope ── Alerts ─► slo.burn
 *                    ├── Regions ── Coverage             ├── Hindsight ── Alerts
 *                    │                                   └── Statuses ─► slo.status
 *                    ├── Expectations ── Vanishings ─► slo.burn
 *                    └── Ledger ─► slo.ledger
 * </pre>
 */
@NullMarked
package dev.nines.evaluation;

import org.jspecify.annotations.NullMarked;
