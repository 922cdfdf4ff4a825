// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements with positional values; instants are {@code timestamptz}, enums their names. */
public final class Sql {

  private Sql() {}

  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Number of rows changed. */
  public static int update(Connection transaction, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(transaction, sql, values)) {
      return statement.executeUpdate();
    }
  }

  public static <T> List<T> rows(
      Connection transaction, String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(transaction, sql, values);
        ResultSet found = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(reader.read(found));
      }
      return rows;
    }
  }

  /** The first row, where there is one. */
  public static <T> Optional<T> row(
      Connection transaction, String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    return rows(transaction, sql, reader, values).stream().findFirst();
  }

  /** The database's clock, which all deadlines use. */
  public static Instant now(Connection transaction) throws SQLException {
    return row(transaction, "SELECT clock_timestamp()", row -> instant(row, 1)).orElseThrow();
  }

  /** Serialises transactions that name the same text, until they end. */
  public static void lock(Connection transaction, String name) throws SQLException {
    rows(transaction, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> 1, name);
  }

  public static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static @Nullable Instant nullableInstant(ResultSet row, String column)
      throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static PreparedStatement prepare(
      Connection transaction, String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = transaction.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, bound(values[i]));
    }
    return statement;
  }

  private static @Nullable Object bound(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Instant instant -> instant.atOffset(ZoneOffset.UTC);
      case Enum<?> constant -> constant.name();
      default -> value;
    };
  }
}
