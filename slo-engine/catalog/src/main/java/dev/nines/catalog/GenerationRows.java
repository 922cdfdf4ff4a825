// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.Generation;
import dev.nines.objectives.SloId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The table {@code slo_generation}. */
final class GenerationRows {

  private GenerationRows() {}

  /** The one with the highest number, in force or still to come. */
  static Optional<Generation> latest(Connection transaction, String tenant) throws SQLException {
    return Sql.row(
        transaction,
        "SELECT body FROM slo_generation WHERE tenant = ? ORDER BY number DESC LIMIT 1",
        row -> Json.read(row.getString(1), Generation.class),
        tenant);
  }

  static Optional<Generation> inForce(Connection transaction, String tenant, Instant at)
      throws SQLException {
    return Sql.row(
        transaction,
        """
        SELECT body FROM slo_generation WHERE tenant = ? AND effective_from <= ?
        ORDER BY number DESC LIMIT 1""",
        row -> Json.read(row.getString(1), Generation.class),
        tenant,
        at);
  }

  /** By the text of bodies: nothing else in them reads so, for quotes in texts are escaped. */
  static boolean anyHas(Connection transaction, SloId slo) throws SQLException {
    return Sql.row(
            transaction,
            "SELECT 1 FROM slo_generation WHERE tenant = ? AND strpos(body, ?) > 0 LIMIT 1",
            row -> true,
            slo.tenant(),
            "\"id\":" + Json.write(slo))
        .isPresent();
  }

  /** Those of the given numbers, in their order. */
  static List<Generation> numbered(Connection transaction, String tenant, Set<Long> numbers)
      throws SQLException {
    List<Generation> found = new ArrayList<>();
    for (long number : new TreeSet<>(numbers)) {
      Sql.row(
              transaction,
              "SELECT body FROM slo_generation WHERE tenant = ? AND number = ?",
              row -> Json.read(row.getString(1), Generation.class),
              tenant,
              number)
          .ifPresent(found::add);
    }
    return found;
  }

  static void insert(Connection transaction, Generation generation, String actor, Instant at)
      throws SQLException {
    Sql.update(
        transaction,
        """
        INSERT INTO slo_generation (tenant, number, effective_from, body, created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?)""",
        generation.tenant(),
        generation.number(),
        generation.effectiveFrom(),
        Json.write(generation),
        actor,
        at);
  }
}
