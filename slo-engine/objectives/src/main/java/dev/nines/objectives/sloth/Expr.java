// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import java.math.BigDecimal;

/** What is understood of PromQL. */
sealed interface Expr {

  /**
   * @param offset where it stands in its query
   */
  record Scalar(BigDecimal value, int offset) implements Expr {}

  /**
   * {@code sum(rate(selector[window]))}.
   *
   * @param function rate or increase
   */
  record Counted(Selector selector, String function, int offset) implements Expr {}

  /**
   * @param offset of the operator
   */
  record Difference(Expr left, Expr right, int offset) implements Expr {}

  /**
   * @param offset of the operator
   */
  record Quotient(Expr left, Expr right, int offset) implements Expr {}
}
