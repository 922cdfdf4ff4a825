// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.Connection;
import java.time.Instant;

/** One row for every change of state, in the transaction that makes the change. */
public final class AuditTrail {

  /**
   * @param actor name of a principal, or of the part of the platform that acted
   * @param subject for example {@code incident/42}
   * @param detail JSON with what changed
   */
  public record Entry(
      String tenant, String actor, String action, String subject, String detail, Instant at) {}

  public void append(Connection transaction, Entry entry) {
    throw new UnsupportedOperationException(entry + " in " + transaction);
  }
}
