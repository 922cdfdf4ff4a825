// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table {@code slo_backfill}. */
public final class Backfills {

  private static final String ACTOR = "nines";
  private static final String SELECT =
      "SELECT tenant, slo, line, line_from, ledger, state, version FROM slo_backfill ";

  private final Journal journal;
  private final AuditTrail audit = new AuditTrail();

  public Backfills(Journal journal) {
    this.journal = journal;
  }

  /** One for each line with counts that a generation begins, in its transaction. */
  public static void begin(Connection transaction, Generation generation) throws SQLException {
    for (Slo slo : generation.slos()) {
      boolean counts = !(slo.indicator() instanceof CompositeIndicator);
      if (counts && slo.line() == generation.number()) {
        BackfillState state = new BackfillState.Pending();
        Instant from = generation.effectiveFrom();
        Sql.update(
            transaction,
            """
            INSERT INTO slo_backfill (tenant, slo, line, line_from, ledger, state, due_at)
            VALUES (?, ?, ?, ?,
              NOT EXISTS (SELECT 1 FROM slo_backfill WHERE tenant = ? AND slo = ?), ?, ?)""",
            slo.id().tenant(),
            slo.id().name(),
            slo.line(),
            from,
            slo.id().tenant(),
            slo.id().name(),
            json(state),
            state.dueAt(from).orElse(null));
      }
    }
  }

  /** Of all lines of a tenant, by SLO and line. */
  public Map<String, BackfillView> views(String tenant) {
    return journal.transact(
        tx ->
            Sql.rows(tx, SELECT + "WHERE tenant = ?", Backfills::row, tenant).stream()
                .collect(Collectors.toMap(row -> key(row.slo(), row.line()), BackfillView::of)));
  }

  public Optional<BackfillView> view(SloId slo, long line) {
    return find(slo, line).map(BackfillView::of);
  }

  public static String key(SloId slo, long line) {
    return slo.name() + "#" + line;
  }

  Optional<Backfill> find(SloId slo, long line) {
    return journal.transact(
        tx ->
            Sql.row(
                tx,
                SELECT + "WHERE tenant = ? AND slo = ? AND line = ?",
                Backfills::row,
                slo.tenant(),
                slo.name(),
                line));
  }

  /** The one that has waited longest. */
  Optional<Backfill> due(Instant now) {
    return journal.transact(
        tx ->
            Sql.row(
                tx,
                SELECT + "WHERE due_at <= ? ORDER BY due_at, tenant, slo, line LIMIT 1",
                Backfills::row,
                now));
  }

  long open() {
    return journal.transact(
        tx ->
            Sql.row(
                    tx,
                    "SELECT count(*) FROM slo_backfill WHERE due_at IS NOT NULL",
                    row -> row.getLong(1))
                .orElse(0L));
  }

  /**
   * Keeps the next state.
   *
   * @return the row as it is then; empty when another process changed it meanwhile
   */
  Optional<Backfill> keep(Backfill row, BackfillState next, Instant now) {
    return journal.transact(
        tx -> {
          int changed =
              Sql.update(
                  tx,
                  """
                  UPDATE slo_backfill SET state = ?, due_at = ?, version = version + 1
                  WHERE tenant = ? AND slo = ? AND line = ? AND version = ?""",
                  json(next),
                  next.dueAt(row.lineFrom()).orElse(null),
                  row.slo().tenant(),
                  row.slo().name(),
                  row.line(),
                  row.version());
          if (changed == 0) {
            return Optional.empty();
          }
          if (told(row.state(), next)) {
            audit.append(
                tx,
                new AuditTrail.Entry(
                    row.slo().tenant(),
                    ACTOR,
                    "objectives.backfill",
                    "slo/" + key(row.slo(), row.line()),
                    json(next),
                    now));
          }
          return Optional.of(
              new Backfill(
                  row.slo(), row.line(), row.lineFrom(), row.ledger(), next, row.version() + 1));
        });
  }

  /** What its budget is from now on; what was late is in the ledger. */
  private static boolean told(BackfillState before, BackfillState after) {
    return switch (after) {
      case BackfillState.Looked looked ->
          looked.looks() == 1 || !(before instanceof BackfillState.Running);
      case BackfillState.Estimated _, BackfillState.Refused _ -> true;
      case BackfillState.Pending _, BackfillState.Running _ -> false;
    };
  }

  private static String json(BackfillState state) {
    return Json.write(state);
  }

  private static Backfill row(ResultSet row) throws SQLException {
    return new Backfill(
        new SloId(row.getString("tenant"), row.getString("slo")),
        row.getLong("line"),
        Sql.instant(row, "line_from"),
        row.getBoolean("ledger"),
        Json.read(row.getString("state"), BackfillState.class),
        row.getLong("version"));
  }
}
