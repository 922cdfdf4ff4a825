// SPDX-License-Identifier: Apache-2.0
/**
 * Contract: what the store can say of the time before a line began. The catalog asks, role
 * archive's tables answer, the server wires the two.
 */
@NullMarked
package dev.nines.objectives.backfill;

import org.jspecify.annotations.NullMarked;
