// SPDX-License-Identifier: Apache-2.0
/**
 * Budgets computed again from the ledger: every event, and without excluded time.
 *
 * <pre>
 * LedgerSum of each region ─┐
 * Exclusion ─ ExcludedTime ─┴─ Accounts ─► live and adjusted, for each scope
 * </pre>
 */
@NullMarked
package dev.nines.objectives.ledger;

import org.jspecify.annotations.NullMarked;
