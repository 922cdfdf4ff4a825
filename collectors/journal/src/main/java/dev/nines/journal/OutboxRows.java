// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The outbox's statements. All times are the database's. */
final class OutboxRows {

  private static final String CLAIM =
      """
      WITH due AS (
        SELECT o.id FROM outbox o
        WHERE o.lane = ? AND o.state = 'waiting' AND o.due_at <= clock_timestamp()
          AND starts_with(o.destination, ?) AND o.destination <> ALL (?)
          AND (o.lease_until IS NULL OR o.lease_until <= clock_timestamp())
          AND (o.record_key = '' OR NOT EXISTS (
            SELECT 1 FROM outbox earlier
            WHERE earlier.lane = o.lane AND earlier.record_key = o.record_key
              AND earlier.state = 'waiting' AND earlier.id < o.id))
        ORDER BY o.due_at, o.id LIMIT ? FOR UPDATE SKIP LOCKED)
      UPDATE outbox o SET attempts = o.attempts + 1, claim = ?,
        ambiguous = o.ambiguous OR o.lease_until IS NOT NULL,
        lease_until = clock_timestamp() + ? * interval '1 millisecond'
      FROM due WHERE o.id = due.id
      RETURNING o.id, o.lane, o.key, o.destination, o.record_key, o.payload, o.due_at,
        o.attempts, o.ambiguous, o.created_at, clock_timestamp() AS claimed_at""";

  private static final String FINISH =
      """
      UPDATE outbox SET state = ?, note = ?, finished_at = clock_timestamp(), lease_until = NULL
      WHERE id = ? AND claim = ? AND state = 'waiting'""";

  private static final String RETRY =
      """
      UPDATE outbox SET note = ?, ambiguous = ambiguous OR ?, lease_until = NULL,
        due_at = clock_timestamp() + ? * interval '1 millisecond'
      WHERE id = ? AND claim = ? AND state = 'waiting'""";

  private static final String DEPTH =
      """
      SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'dead'),
        coalesce(extract(epoch FROM clock_timestamp()
          - min(due_at) FILTER (WHERE state = 'waiting' AND due_at <= clock_timestamp())), 0)
      FROM outbox WHERE lane = ? AND state IN ('waiting', 'dead')""";

  private static final String FORGET =
      """
      DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox WHERE lane = ? AND state = 'done'
          AND finished_at < clock_timestamp() - ? * interval '1 millisecond' LIMIT 1000)""";

  private static final String SET_ASIDE =
      """
      SELECT lane, min(finished_at) FROM outbox
      WHERE state = 'dead' AND starts_with(note, ?)
        AND finished_at > clock_timestamp() - ? * interval '1 millisecond'
      GROUP BY lane""";

  /** How the note of a row begins whose handler threw each time. */
  static final String HANDLER_FAILED = "handler failed: ";

  private OutboxRows() {}

  /**
   * @param oldestDueSeconds how long the oldest waiting row has been due
   */
  record Depth(long waiting, long dead, double oldestDueSeconds) {}

  /**
   * Which rows a drain is after.
   *
   * @param destinations how their destination begins
   * @param busy destinations that get none now
   */
  record Wanted(String lane, String destinations, List<String> busy) {}

  static List<Delivery> claim(
      Connection transaction, Wanted wanted, int limit, UUID claim, Duration lease)
      throws SQLException {
    return Sql.rows(
        transaction,
        CLAIM,
        OutboxRows::delivery,
        wanted.lane(),
        wanted.destinations(),
        wanted.busy().toArray(String[]::new),
        limit,
        claim,
        lease.toMillis());
  }

  /** False when the lease was lost to another drain. */
  static boolean mark(Connection transaction, Delivery delivery, UUID claim, Outcome outcome)
      throws SQLException {
    int changed =
        switch (outcome) {
          case Outcome.Delivered(String note) ->
              Sql.update(transaction, FINISH, "done", note, delivery.id(), claim);
          case Outcome.Dead(String note) ->
              Sql.update(transaction, FINISH, "dead", note, delivery.id(), claim);
          case Outcome.Retry(Duration after, String note, boolean ambiguous) ->
              Sql.update(
                  transaction, RETRY, note, ambiguous, after.toMillis(), delivery.id(), claim);
        };
    return changed == 1;
  }

  static Depth depth(Connection transaction, String lane) throws SQLException {
    return Sql.row(
            transaction,
            DEPTH,
            row -> new Depth(row.getLong(1), row.getLong(2), row.getDouble(3)),
            lane)
        .orElseThrow();
  }

  static Map<String, Instant> setAside(Connection transaction, Duration age) throws SQLException {
    return Sql.rows(
            transaction,
            SET_ASIDE,
            row -> Map.entry(row.getString(1), Sql.instant(row, 2)),
            HANDLER_FAILED,
            age.toMillis())
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Deletes done rows that are older, a bounded number at a time. */
  static int forget(Connection transaction, String lane, Duration age) throws SQLException {
    return Sql.update(transaction, FORGET, lane, age.toMillis());
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    OutboxMessage message =
        new OutboxMessage(
            row.getString("lane"),
            row.getString("key"),
            row.getString("destination"),
            row.getString("record_key"),
            row.getString("payload"),
            Sql.instant(row, "due_at"));
    return new Delivery(
        row.getLong("id"),
        message,
        row.getInt("attempts"),
        row.getBoolean("ambiguous"),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "claimed_at"));
  }
}
