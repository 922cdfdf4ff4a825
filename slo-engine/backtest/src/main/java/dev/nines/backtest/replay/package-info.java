// SPDX-License-Identifier: Apache-2.0

/** Slices computed again from the log, and held against the ledger. */
@NullMarked
package dev.nines.backtest.replay;

import org.jspecify.annotations.NullMarked;
