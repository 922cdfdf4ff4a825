// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.capacity.CapacityModel;
import dev.nines.objectives.capacity.CapacityModelReader;
import dev.nines.objectives.capacity.CapacityModels;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Capacity models by name. Each change is a version of its own; the audit row is in the same
 * transaction.
 */
public final class StoredCapacityModels implements CapacityModels {

  /** In force at once, of one tenant. */
  static final int MODELS_MAX = 100;

  private final Journal journal;
  private final InstantSource clock;
  private final AuditTrail audit = new AuditTrail();

  public StoredCapacityModels(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** A model with its text. */
  public record Version(CapacityModel model, int version, String document, Instant madeAt) {}

  /** What a put did. */
  public sealed interface Put {
    /** A new version; the text was not there before. */
    record Made(int version) implements Put {}

    /** The text is that of the version in force. */
    record Same(int version) implements Put {}

    /** No room for another model. */
    record TooMany(int modelsMax) implements Put {}
  }

  /**
   * @param document the text that {@code model} was read from
   */
  public Put put(Principal caller, CapacityModel model, String document) {
    return journal.transact(
        tx -> {
          Sql.lock(tx, "capacity-models/" + caller.tenant());
          Optional<Version> latest = latest(tx, caller.tenant(), model.name());
          if (latest.isPresent() && latest.get().document().equals(document)) {
            return new Put.Same(latest.get().version());
          }
          if (latest.isEmpty() && inForce(tx, caller.tenant()) >= MODELS_MAX) {
            return new Put.TooMany(MODELS_MAX);
          }
          return insert(tx, caller, model.name(), document);
        });
  }

  private Put insert(Connection tx, Principal caller, String name, String document)
      throws SQLException {
    int version = 1 + highest(tx, caller.tenant(), name);
    Instant now = now();
    Sql.update(
        tx,
        """
        INSERT INTO capacity_model (tenant, name, version, document, created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?)""",
        caller.tenant(),
        name,
        version,
        document,
        caller.name(),
        now);
    String detail = Json.write(Map.of("version", version, "document", document));
    audit(tx, caller, "capacity-model.put", name, detail, now);
    return new Put.Made(version);
  }

  /** False when there is no such model in force. */
  public boolean end(Principal caller, String name) {
    return journal.transact(
        tx -> {
          Instant now = now();
          int ended =
              Sql.update(
                  tx,
                  """
                  UPDATE capacity_model SET ended_by = ?, ended_at = ?
                  WHERE tenant = ? AND name = ? AND ended_at IS NULL""",
                  caller.name(),
                  now,
                  caller.tenant(),
                  name);
          if (ended > 0) {
            audit(tx, caller, "capacity-model.end", name, "{}", now);
          }
          return ended > 0;
        });
  }

  /** The latest version of each model in force, by name. */
  public List<Version> list(String tenant) {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                """
                SELECT DISTINCT ON (name) document, version, created_at FROM capacity_model
                WHERE tenant = ? AND ended_at IS NULL
                ORDER BY name, version DESC LIMIT\s"""
                    + MODELS_MAX,
                StoredCapacityModels::version,
                tenant));
  }

  public Optional<Version> latest(String tenant, String name) {
    return journal.transact(tx -> latest(tx, tenant, name));
  }

  @Override
  public Optional<CapacityModel> find(String tenant, String name) {
    return latest(tenant, name).map(Version::model);
  }

  private static Optional<Version> latest(Connection tx, String tenant, String name)
      throws SQLException {
    return Sql.row(
        tx,
        """
        SELECT document, version, created_at FROM capacity_model
        WHERE tenant = ? AND name = ? AND ended_at IS NULL
        ORDER BY version DESC LIMIT 1""",
        StoredCapacityModels::version,
        tenant,
        name);
  }

  private static int highest(Connection tx, String tenant, String name) throws SQLException {
    return Sql.row(
            tx,
            "SELECT coalesce(max(version), 0) FROM capacity_model WHERE tenant = ? AND name = ?",
            row -> row.getInt(1),
            tenant,
            name)
        .orElse(0);
  }

  private static int inForce(Connection tx, String tenant) throws SQLException {
    return Sql.row(
            tx,
            "SELECT count(DISTINCT name) FROM capacity_model WHERE tenant = ? AND ended_at IS NULL",
            row -> row.getInt(1),
            tenant)
        .orElse(0);
  }

  private static Version version(ResultSet row) throws SQLException {
    String document = row.getString("document");
    CapacityModel model =
        CapacityModelReader.read("stored", document)
            .model()
            .orElseThrow(() -> new IllegalStateException("a stored capacity model is not valid"));
    return new Version(model, row.getInt("version"), document, Sql.instant(row, "created_at"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void audit(
      Connection tx, Principal caller, String action, String name, String detail, Instant at) {
    audit.append(
        tx,
        new AuditTrail.Entry(
            caller.tenant(), caller.name(), action, "capacity-model/" + name, detail, at));
  }
}
