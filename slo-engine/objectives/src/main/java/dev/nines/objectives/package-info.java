// SPDX-License-Identifier: Apache-2.0
/**
 * Contract: objectives, the records of the SLO engine's topics, and the arithmetic of budgets and
 * burn rates, in integers and decimals.
 */
@NullMarked
package dev.nines.objectives;

import org.jspecify.annotations.NullMarked;
