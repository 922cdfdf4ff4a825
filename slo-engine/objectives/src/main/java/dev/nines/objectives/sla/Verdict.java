// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

/** What one minute of one service was. */
public enum Verdict {
  /** Had events, and was not down. */
  UP,
  /** Failed by the contract's rule, in a run that is long enough. */
  DOWN,
  /** None of this customer's events, but events of others: measured, and nothing happened. */
  IDLE,
  /** No event of anybody: nothing is known. */
  UNMEASURED,
  /** An exclusion of the contract covers it. */
  EXCLUDED
}
