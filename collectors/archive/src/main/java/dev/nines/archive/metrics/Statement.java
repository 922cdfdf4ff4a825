// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.archive.Conditions;
import dev.nines.warehouse.Sql;

/** A statement in the making: common table expressions so far, and the values of parameters. */
record Statement(Conditions values, String text) {

  private static final long MAX_BYTES = 1L << 30;

  /** One more expression, or the final SELECT. */
  Statement then(String more) {
    return new Statement(values, text + more);
  }

  /** With a bound on memory: the store answers others too. */
  Sql sql() {
    return values.sql(text + "SETTINGS max_memory_usage = " + MAX_BYTES);
  }
}
