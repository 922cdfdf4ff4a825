// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.math.BigDecimal;

/**
 * When an SLO's service may not be changed, except by an override.
 *
 * @param spent share of the budget from which on; 1 is all of it
 * @param burning which alerts say no while they fire
 * @param unmeasured what is said while nobody knows: coverage under 0.9, or nothing was evaluated
 *     for five minutes
 */
public record Gate(BigDecimal spent, Burning burning, Unmeasured unmeasured) {

  /** The least severe alerts that close the gate. */
  public enum Burning {
    PAGE,
    TICKET,
    OFF
  }

  /** There is no default: either can be wrong. */
  public enum Unmeasured {
    OPEN,
    CLOSED
  }
}
