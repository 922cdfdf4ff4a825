// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One row for every change of state, in the transaction that makes the change. Per tenant the
 * numbers have no gap, and each row's hash covers the row before it.
 *
 * <p>Append last in a transaction: from there to the commit the tenant's other writers wait.
 */
public final class AuditTrail {

  private static final int PAGE = 1_000;
  private static final byte[] GENESIS = new byte[32];

  private static final String SELECT =
      "SELECT tenant, seq, at, actor, action, subject, detail, prev_hash, hash FROM audit ";

  /**
   * @param actor name of a principal, or of the part of the platform that acted
   * @param subject for example {@code incident/42}
   * @param detail JSON with what changed
   */
  public record Entry(
      String tenant, String actor, String action, String subject, String detail, Instant at) {}

  /** What {@link #verify} found. */
  public sealed interface Verdict {
    /** Every number and every hash is right. */
    record Intact(long rows) implements Verdict {}

    /** The first row that is not as it was written. */
    record Broken(long seq, String rule) implements Verdict {}
  }

  public void append(Connection transaction, Entry entry) {
    try {
      Sql.lock(transaction, "audit/" + entry.tenant());
      Optional<AuditRow> last =
          Sql.row(
              transaction,
              SELECT + "WHERE tenant = ? ORDER BY seq DESC LIMIT 1",
              AuditTrail::row,
              entry.tenant());
      insert(
          transaction,
          AuditRow.after(
              last.map(AuditRow::seq).orElse(0L),
              last.map(AuditRow::hash).orElse(GENESIS),
              atMicros(entry)));
    } catch (SQLException e) {
      throw new JournalUnavailable(e);
    }
  }

  /** At most 1,000 rows of the tenant from a number on. */
  public List<AuditRow> read(Connection transaction, String tenant, long fromSeq)
      throws SQLException {
    return Sql.rows(
        transaction,
        SELECT + "WHERE tenant = ? AND seq >= ? ORDER BY seq LIMIT " + PAGE,
        AuditTrail::row,
        tenant,
        fromSeq);
  }

  /** At most 1,000 rows about one subject, in order. */
  public List<AuditRow> about(Connection transaction, String tenant, String subject)
      throws SQLException {
    return Sql.rows(
        transaction,
        SELECT + "WHERE tenant = ? AND subject = ? ORDER BY seq LIMIT " + PAGE,
        AuditTrail::row,
        tenant,
        subject);
  }

  /** Recomputes the chain of a tenant from its first row. */
  public Verdict verify(Connection transaction, String tenant) throws SQLException {
    long expected = 1;
    byte[] previous = GENESIS;
    List<AuditRow> rows = read(transaction, tenant, 0);
    while (!rows.isEmpty()) {
      for (AuditRow row : rows) {
        if (row.seq() != expected) {
          return new Verdict.Broken(expected, "missing");
        }
        if (!Arrays.equals(row.prevHash(), previous)) {
          return new Verdict.Broken(expected, "does not follow the row before it");
        }
        if (!MessageDigest.isEqual(row.hash(), row.computedHash())) {
          return new Verdict.Broken(expected, "content differs from its hash");
        }
        previous = row.hash();
        expected++;
      }
      rows = read(transaction, tenant, expected);
    }
    return new Verdict.Intact(expected - 1);
  }

  /** PostgreSQL keeps microseconds. */
  private static Entry atMicros(Entry entry) {
    return new Entry(
        entry.tenant(),
        entry.actor(),
        entry.action(),
        entry.subject(),
        entry.detail(),
        entry.at().truncatedTo(ChronoUnit.MICROS));
  }

  private static void insert(Connection transaction, AuditRow row) throws SQLException {
    Entry entry = row.entry();
    Sql.update(
        transaction,
        """
        INSERT INTO audit (tenant, seq, at, actor, action, subject, detail, prev_hash, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        entry.tenant(),
        row.seq(),
        entry.at(),
        entry.actor(),
        entry.action(),
        entry.subject(),
        entry.detail(),
        row.prevHash(),
        row.hash());
  }

  private static AuditRow row(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getLong("seq"),
        new Entry(
            row.getString("tenant"),
            row.getString("actor"),
            row.getString("action"),
            row.getString("subject"),
            row.getString("detail"),
            Sql.instant(row, "at")),
        row.getBytes("prev_hash"),
        row.getBytes("hash"));
  }
}
