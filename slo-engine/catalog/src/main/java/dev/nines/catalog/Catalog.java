// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.catalog.backfill.Backfills;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.openslo.Parsed;
import dev.nines.objectives.openslo.Violation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Definitions of objectives as immutable generations. One apply is one generation, however many
 * files it came from: its row, its audit row and its way to {@code control.objectives} are one
 * transaction.
 */
public final class Catalog {

  /** A generation travels in one Kafka record, whose limit is 1 MiB; about 1,500 SLOs. */
  static final int GENERATION_BYTES_MAX = 900 << 10;

  private final Journal journal;
  private final InstantSource clock;
  private final CatalogConfig config;
  private final Control control = new Control();

  public Catalog(Journal journal, InstantSource clock, CatalogConfig config) {
    this.journal = journal;
    this.clock = clock;
    this.config = config;
  }

  /** Too much for one tenant. */
  public static final class TooManyObjectives extends RuntimeException {
    TooManyObjectives(String message) {
      super(message);
    }
  }

  /** Creates or upgrades the catalog's tables. */
  public Catalog migrate() {
    Control.migrate(journal.dataSource());
    return this;
  }

  /**
   * @param parsed valid, see {@link Parsed#valid}
   * @param prune SLOs that are not in it end
   * @throws TooManyObjectives beyond the limits
   */
  public Applied apply(Principal caller, Parsed parsed, boolean prune) {
    return journal.transact(
        tx -> {
          NextGeneration next = next(tx, caller.tenant());
          Generation generation = next.with(parsed.slos(), prune, clock.instant(), config.lead());
          return keep(tx, caller, generation, "objectives.apply", Told.of(parsed));
        });
  }

  /** What {@link #apply} would do; changes nothing. */
  public Applied check(Principal caller, Parsed parsed, boolean prune) {
    return journal.transact(
        tx -> {
          Optional<Generation> latest = GenerationRows.latest(tx, caller.tenant());
          Generation generation =
              new NextGeneration(caller.tenant(), latest)
                  .with(parsed.slos(), prune, clock.instant(), config.lead());
          limit(generation);
          return applied(true, latest, generation, Told.of(parsed));
        });
  }

  /** Empty when there is no SLO of that name. */
  public Optional<Applied> remove(Principal caller, String name) {
    return journal.transact(
        tx -> {
          NextGeneration next = next(tx, caller.tenant());
          Optional<Generation> latest = GenerationRows.latest(tx, caller.tenant());
          if (latest.isEmpty() || !byName(latest.get()).containsKey(name)) {
            return Optional.empty();
          }
          Generation generation = next.without(name, clock.instant(), config.lead());
          return Optional.of(keep(tx, caller, generation, "objectives.remove", Told.NOTHING));
        });
  }

  /** The latest generation, in force or still to come. */
  public Optional<Generation> latest(String tenant) {
    return journal.transact(tx -> GenerationRows.latest(tx, tenant));
  }

  /** The generation that events of this instant belong to. */
  public Optional<Generation> inForce(String tenant, Instant at) {
    return journal.transact(tx -> GenerationRows.inForce(tx, tenant, at));
  }

  /** Whether any generation has, or had, an SLO of that name. */
  boolean everHad(SloId slo) {
    return journal.transact(tx -> GenerationRows.anyHas(tx, slo));
  }

  private static NextGeneration next(Connection tx, String tenant) throws SQLException {
    Sql.lock(tx, "catalog/" + tenant);
    return new NextGeneration(tenant, GenerationRows.latest(tx, tenant));
  }

  private Applied keep(
      Connection tx, Principal caller, Generation generation, String action, Told told)
      throws SQLException {
    limit(generation);
    Optional<Generation> latest = GenerationRows.latest(tx, caller.tenant());
    Applied applied = applied(false, latest, generation, told);
    if (applied.changed()) {
      Instant now = clock.instant();
      GenerationRows.insert(tx, generation, caller.name(), now);
      Backfills.begin(tx, generation);
      control.write(
          tx,
          ObjectiveTopics.OBJECTIVES,
          generation.key(),
          "1",
          generation,
          new AuditTrail.Entry(
              caller.tenant(),
              caller.name(),
              action,
              "generation/" + generation.number(),
              Json.write(applied),
              now));
    }
    return applied;
  }

  private void limit(Generation generation) {
    if (generation.slos().size() > config.slosMax()) {
      throw new TooManyObjectives(
          generation.slos().size() + " SLOs; at most " + config.slosMax() + " may be");
    }
    int bytes = Json.write(generation).getBytes(UTF_8).length;
    if (bytes > GENERATION_BYTES_MAX) {
      throw new TooManyObjectives(
          "the generation has " + bytes + " bytes; at most " + GENERATION_BYTES_MAX + " may be");
    }
  }

  private static Applied applied(
      boolean dryRun, Optional<Generation> latest, Generation next, Told told) {
    Map<String, Slo> before = latest.map(Catalog::byName).orElse(Map.of());
    Map<String, Slo> after = byName(next);
    List<String> added = new ArrayList<>();
    List<String> updated = new ArrayList<>();
    for (Slo slo : next.slos()) {
      String name = slo.id().name();
      if (!before.containsKey(name)) {
        added.add(name);
      } else if (!slo.equals(before.get(name))) {
        updated.add(name);
      }
    }
    List<String> removed =
        before.keySet().stream().filter(name -> !after.containsKey(name)).sorted().toList();
    boolean changed = latest.isEmpty() || !latest.get().slos().equals(next.slos());
    Generation shown = changed ? next : latest.get();
    return new Applied(
        dryRun,
        shown.number(),
        shown.effectiveFrom(),
        changed,
        after.keySet().stream().sorted().toList(),
        added,
        updated,
        removed,
        told.warnings(),
        told.notes());
  }

  private static Map<String, Slo> byName(Generation generation) {
    return generation.slos().stream()
        .collect(Collectors.toMap(slo -> slo.id().name(), Function.identity()));
  }

  /** What the reader had to say of files that are valid. */
  private record Told(List<String> warnings, List<String> notes) {

    static final Told NOTHING = new Told(List.of(), List.of());

    static Told of(Parsed parsed) {
      return new Told(texts(parsed.warnings()), texts(parsed.notes()));
    }

    private static List<String> texts(List<Violation> found) {
      return found.stream().map(Violation::toString).toList();
    }
  }
}
