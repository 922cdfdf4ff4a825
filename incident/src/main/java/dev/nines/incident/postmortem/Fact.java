// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

/** A value with the query behind it, so that anybody can run it again. */
public sealed interface Fact<T> {

  String query();

  /**
   * @param query as it was run, with its parameters filled in
   */
  record Known<T>(T value, String query) implements Fact<T> {}

  /**
   * The store could not answer.
   *
   * @param reason for example that ClickHouse is away
   */
  record Missing<T>(String reason, String query) implements Fact<T> {}
}
