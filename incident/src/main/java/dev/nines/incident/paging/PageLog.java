// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.incident.response.Incident;
import dev.nines.journal.Delivery;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every attempt to reach somebody, with the instants from the burn to the answer. */
public final class PageLog {

  /** How an attempt ended. */
  public enum Result {
    /** Under way, or its process died. */
    SENDING,
    SENT,
    REFUSED,
    UNAVAILABLE,
    AMBIGUOUS
  }

  /**
   * One attempt.
   *
   * @param burnAt acknowledgement of the batch that made the policy true
   * @param storedAt when delivery had stored the alert
   * @param orderedAt when the page was ordered
   */
  public record Attempt(
      String page,
      int attempt,
      String event,
      String channel,
      int run,
      int loop,
      Instant burnAt,
      Instant decidedAt,
      Instant storedAt,
      Instant orderedAt,
      Instant claimedAt,
      Instant sentAt,
      @Nullable Instant answeredAt,
      Result result,
      String detail,
      boolean mayBeRepeat) {}

  private static final String BEGIN =
      """
      INSERT INTO page_log (page, attempt, tenant, incident, event, channel, run, loop, burn_at,
        decided_at, stored_at, ordered_at, claimed_at, sent_at, result, detail, may_be_repeat)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'SENDING', '', ?)""";

  private static final String CRASHED =
      """
      UPDATE page_log SET result = 'AMBIGUOUS', detail = 'the sender died'
      WHERE page = ? AND result = 'SENDING'""";

  private static final String TOLD =
      """
      SELECT 1 FROM page_log WHERE incident = ? AND channel = ? AND event = 'TRIGGER'
        AND result IN ('SENT', 'AMBIGUOUS', 'SENDING') LIMIT 1""";

  private static final String THREAD =
      """
      SELECT detail FROM page_log WHERE incident = ? AND channel = ? AND result = 'SENT'
      ORDER BY claimed_at, attempt LIMIT 1""";

  private PageLog() {}

  static void begin(
      Connection tx,
      Incident incident,
      PageOrder order,
      Delivery delivery,
      Instant sentAt,
      boolean mayBeRepeat)
      throws SQLException {
    Sql.update(
        tx,
        BEGIN,
        order.key(),
        delivery.attempt(),
        incident.tenant(),
        incident.number(),
        order.event(),
        order.channel(),
        order.run(),
        order.loop(),
        incident.burned().policyTrueAt(),
        incident.burned().decidedAt(),
        incident.burned().storedAt(),
        delivery.createdAt(),
        delivery.claimedAt(),
        sentAt,
        mayBeRepeat);
  }

  static void end(
      Connection tx, String page, int attempt, Result result, String detail, Instant answeredAt)
      throws SQLException {
    Sql.update(
        tx,
        "UPDATE page_log SET result = ?, detail = ?, answered_at = ? WHERE page = ? AND attempt = ?",
        result,
        detail,
        answeredAt,
        page,
        attempt);
  }

  /** What earlier attempts came to; those whose sender died are ambiguous from here on. */
  static List<Result> earlier(Connection tx, String page) throws SQLException {
    Sql.update(tx, CRASHED, page);
    return Sql.rows(
        tx,
        "SELECT result FROM page_log WHERE page = ?",
        row -> Result.valueOf(row.getString(1)),
        page);
  }

  /** Whether the channel may have heard of the incident. */
  static boolean told(Connection tx, Incident incident, String channel) throws SQLException {
    return Sql.row(tx, TOLD, row -> 1, incident.number(), channel).isPresent();
  }

  /** What the provider called the first message about the incident; empty before it. */
  static String thread(Connection tx, Incident incident, String channel) throws SQLException {
    return Sql.row(tx, THREAD, row -> row.getString(1), incident.number(), channel).orElse("");
  }

  /** Whether it was already told that the page is late. */
  static boolean saidUnreachable(Connection tx, String page) throws SQLException {
    String sql = "SELECT 1 FROM page_log WHERE page = ? AND unreachable LIMIT 1";
    return Sql.row(tx, sql, row -> 1, page).isPresent();
  }

  static void sayUnreachable(Connection tx, String page, int attempt) throws SQLException {
    Sql.update(
        tx, "UPDATE page_log SET unreachable = true WHERE page = ? AND attempt = ?", page, attempt);
  }

  /** At most 2,000 attempts, in order. */
  public static List<Attempt> of(Connection tx, Incident incident) throws SQLException {
    return Sql.rows(
        tx,
        "SELECT * FROM page_log WHERE incident = ? ORDER BY claimed_at, page, attempt LIMIT 2000",
        PageLog::read,
        incident.number());
  }

  private static Attempt read(ResultSet row) throws SQLException {
    return new Attempt(
        row.getString("page"),
        row.getInt("attempt"),
        row.getString("event"),
        row.getString("channel"),
        row.getInt("run"),
        row.getInt("loop"),
        Sql.instant(row, "burn_at"),
        Sql.instant(row, "decided_at"),
        Sql.instant(row, "stored_at"),
        Sql.instant(row, "ordered_at"),
        Sql.instant(row, "claimed_at"),
        Sql.instant(row, "sent_at"),
        Sql.nullableInstant(row, "answered_at"),
        Result.valueOf(row.getString("result")),
        row.getString("detail"),
        row.getBoolean("may_be_repeat"));
  }
}
