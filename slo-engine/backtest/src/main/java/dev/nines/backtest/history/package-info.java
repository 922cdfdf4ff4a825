// SPDX-License-Identifier: Apache-2.0

/** Recorded history: a file of what the engine read and told, and of what really happened. */
@NullMarked
package dev.nines.backtest.history;

import org.jspecify.annotations.NullMarked;
