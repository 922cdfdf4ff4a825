// SPDX-License-Identifier: Apache-2.0

/** Alert policies held against recorded history: what they would have told, and how well. */
@NullMarked
package dev.nines.backtest;

import org.jspecify.annotations.NullMarked;
