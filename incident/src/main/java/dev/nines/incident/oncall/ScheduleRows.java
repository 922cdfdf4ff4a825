// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.incident.oncall.Roster.Version;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on schedules, their versions and overrides. */
final class ScheduleRows {

  private static final int VERSIONS_MAX = 1_000;

  private static final String PUT =
      "INSERT INTO oncall_schedule (tenant, name, effective_from, definition) VALUES (?, ?, ?, ?)";

  private static final String VERSIONS =
      """
      SELECT effective_from, definition FROM (
        SELECT * FROM oncall_schedule WHERE tenant = ? AND name = ?
        ORDER BY effective_from DESC LIMIT %d) latest
      ORDER BY effective_from"""
          .formatted(VERSIONS_MAX);

  private static final String NAMES =
      """
      SELECT name FROM (
        SELECT DISTINCT ON (name) name, definition FROM oncall_schedule WHERE tenant = ?
        ORDER BY name, effective_from DESC) latest
      WHERE definition IS NOT NULL ORDER BY name""";

  private static final String COVER =
      """
      INSERT INTO oncall_override (tenant, schedule, user_name, from_at, to_at, created_at,
        created_by) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""";

  private static final String COVERS =
      """
      SELECT id, user_name, greatest(from_at, created_at) AS from_at,
        least(to_at, coalesce(ended_at, to_at)) AS to_at
      FROM oncall_override
      WHERE tenant = ? AND schedule = ? AND to_at > ? AND from_at < ? ORDER BY id""";

  private static final String END_COVER =
      """
      UPDATE oncall_override SET ended_at = ?
      WHERE tenant = ? AND schedule = ? AND id = ? AND ended_at IS NULL AND to_at > ?""";

  private ScheduleRows() {}

  /**
   * @param schedule null deletes it
   */
  static void put(
      Connection tx, String tenant, String name, Instant from, @Nullable Schedule schedule)
      throws SQLException {
    Sql.update(tx, PUT, tenant, name, from, schedule == null ? null : Json.write(schedule));
  }

  static List<String> names(Connection tx, String tenant) throws SQLException {
    return Sql.rows(tx, NAMES, row -> row.getString(1), tenant);
  }

  static List<Version> versions(Connection tx, String tenant, String name) throws SQLException {
    return Sql.rows(tx, VERSIONS, ScheduleRows::version, tenant, name);
  }

  /** The schedule as it stands; empty when there is none. */
  static Optional<Schedule> latest(Connection tx, String tenant, String name) throws SQLException {
    List<Version> versions = versions(tx, tenant, name);
    return versions.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(versions.getLast().schedule());
  }

  /** With the overrides that touch [from, to). */
  static Roster roster(Connection tx, String tenant, String name, Instant from, Instant to)
      throws SQLException {
    return new Roster(versions(tx, tenant, name), covers(tx, tenant, name, from, to));
  }

  static List<Cover> covers(Connection tx, String tenant, String name, Instant from, Instant to)
      throws SQLException {
    return Sql.rows(tx, COVERS, ScheduleRows::cover, tenant, name, from, to);
  }

  static Cover cover(
      Connection tx, String tenant, String schedule, Cover cover, Instant now, String who)
      throws SQLException {
    return Sql.row(
            tx,
            COVER,
            row -> new Cover(Long.toString(row.getLong(1)), cover.user(), cover.from(), cover.to()),
            tenant,
            schedule,
            cover.user(),
            cover.from(),
            cover.to(),
            now,
            who)
        .orElseThrow();
  }

  static boolean endCover(Connection tx, String tenant, String schedule, long id, Instant now)
      throws SQLException {
    return Sql.update(tx, END_COVER, now, tenant, schedule, id, now) == 1;
  }

  private static Version version(ResultSet row) throws SQLException {
    String definition = row.getString(2);
    return new Version(
        Sql.instant(row, 1), definition == null ? null : Json.read(definition, Schedule.class));
  }

  private static Cover cover(ResultSet row) throws SQLException {
    return new Cover(
        Long.toString(row.getLong("id")),
        row.getString("user_name"),
        Sql.instant(row, "from_at"),
        Sql.instant(row, "to_at"));
  }
}
