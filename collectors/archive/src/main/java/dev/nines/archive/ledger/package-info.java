// SPDX-License-Identifier: Apache-2.0
/**
 * The SLI ledger as it was known at any instant: its minutes, hours and days, how they were
 * revised, and budgets computed again from it, with and without excluded time.
 */
@NullMarked
package dev.nines.archive.ledger;

import org.jspecify.annotations.NullMarked;
