// SPDX-License-Identifier: Apache-2.0
/**
 * Contract: service level agreements as code, and their arithmetic in integers and fractions.
 *
 * <pre>
 * ContractReader ── Contract ─┐
 * ledger minutes ── Minutes ──┼── Rulings ── Timeline ── Uptime ── Credit ── Report
 * Exclusion ──────────────────┘
 * evidence: the report with all that it was computed from, signed, checked offline
 * </pre>
 */
@NullMarked
package dev.nines.objectives.sla;

import org.jspecify.annotations.NullMarked;
