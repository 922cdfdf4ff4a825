// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

/**
 * What a statement would do, by the engine's parser: how many statements the text holds (0 when it
 * did not parse) and the worst effect among them.
 */
record Analysis(int statements, Effect effect) {

  /** In the order of {@code chdb_query_class}. */
  enum Effect {
    READ_ONLY,
    MUTATING,
    MUTATING_GLOBAL,
    CONTROL,
    UNKNOWN
  }
}
