// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The one outbox: rows in lanes, each drained by one owner with leases.
 *
 * <p>Rows with the same lane and the same non-empty record key are delivered in the order in which
 * they were written, one at a time. A lane has no upper bound that refuses or drops: a lost page is
 * worse than a large table; {@code nines_outbox_full} alarms at the drain's bound instead.
 */
public final class Outbox {

  private static final String PUT =
      """
      INSERT INTO outbox (lane, key, destination, record_key, payload, due_at)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (lane, key) DO NOTHING""";

  /**
   * Writes the message unless its (lane, key) is there already; true when written.
   *
   * @throws JournalUnavailable when PostgreSQL cannot be reached or refuses
   */
  public boolean put(Connection transaction, OutboxMessage message) {
    try {
      int written =
          Sql.update(
              transaction,
              PUT,
              message.lane(),
              message.key(),
              message.destination(),
              message.recordKey(),
              message.payload(),
              message.notBefore());
      if (written == 1) {
        ring(transaction, message.lane());
      }
      return written == 1;
    } catch (SQLException e) {
      throw new JournalUnavailable(e);
    }
  }

  /**
   * Lanes whose handler threw on a row until the row was set aside, each with the first time within
   * the age. A row that a receiver refused is not among them: its lane's owner deals with it.
   *
   * @throws JournalUnavailable when PostgreSQL cannot be reached or refuses
   */
  public Map<String, Instant> setAside(Connection transaction, Duration age) {
    try {
      return OutboxRows.setAside(transaction, age);
    } catch (SQLException e) {
      throw new JournalUnavailable(e);
    }
  }

  private static void ring(Connection transaction, String lane) throws SQLException {
    Sql.rows(transaction, "SELECT pg_notify(?, ?)", row -> 1, OutboxBell.CHANNEL, lane);
  }
}
