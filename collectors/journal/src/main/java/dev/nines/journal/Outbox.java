// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.Connection;

/** The one outbox: rows in lanes, each drained by one owner with leases. */
public final class Outbox {

  /** Writes the message unless its (lane, key) is there already; true when written. */
  public boolean put(Connection transaction, OutboxMessage message) {
    throw new UnsupportedOperationException(message + " in " + transaction);
  }
}
