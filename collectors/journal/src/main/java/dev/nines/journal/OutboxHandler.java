// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.Connection;
import java.sql.SQLException;

/** What a lane's owner does with a row. */
@FunctionalInterface
public interface OutboxHandler {

  /** Runs outside any transaction, on a virtual thread, several rows at a time. */
  Outcome deliver(Delivery delivery);

  /** Runs in the transaction that marks the row: what it writes is true exactly if the mark is. */
  default void settle(Connection transaction, Delivery delivery, Outcome outcome)
      throws SQLException {}
}
