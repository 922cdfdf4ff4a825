// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.channels.Destination;
import dev.nines.channels.DestinationForm;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Statements on channels. */
final class ChannelRows {

  private static final String SELECT = "SELECT tenant, name, destination FROM channel ";

  private static final String PUT =
      """
      INSERT INTO channel (tenant, name, type, destination) VALUES (?, ?, ?, ?)
      ON CONFLICT (tenant, name) DO UPDATE SET type = excluded.type,
        destination = excluded.destination, changed_at = clock_timestamp()""";

  private ChannelRows() {}

  static void put(Connection tx, Channel channel) throws SQLException {
    Destination destination = channel.destination();
    Sql.update(
        tx,
        PUT,
        channel.tenant(),
        channel.name(),
        destination.type(),
        DestinationForm.write(destination));
  }

  static boolean delete(Connection tx, String tenant, String name) throws SQLException {
    return Sql.update(tx, "DELETE FROM channel WHERE tenant = ? AND name = ?", tenant, name) == 1;
  }

  static long count(Connection tx, String tenant) throws SQLException {
    return Sql.row(
            tx, "SELECT count(*) FROM channel WHERE tenant = ?", row -> row.getLong(1), tenant)
        .orElseThrow();
  }

  static List<Channel> list(Connection tx, String tenant) throws SQLException {
    return Sql.rows(tx, SELECT + "WHERE tenant = ? ORDER BY name", ChannelRows::read, tenant);
  }

  static Optional<Channel> find(Connection tx, String tenant, String name) throws SQLException {
    return Sql.row(tx, SELECT + "WHERE tenant = ? AND name = ?", ChannelRows::read, tenant, name);
  }

  /** All but the fallback; the fallback when there is no other. */
  static List<Channel> regular(Connection tx, String tenant) throws SQLException {
    List<Channel> all = list(tx, tenant);
    List<Channel> others =
        all.stream().filter(channel -> !channel.name().equals(Channel.FALLBACK)).toList();
    return others.isEmpty() ? all : others;
  }

  private static Channel read(ResultSet row) throws SQLException {
    return new Channel(
        row.getString(1), row.getString(2), DestinationForm.stored(row.getString(3)));
  }
}
