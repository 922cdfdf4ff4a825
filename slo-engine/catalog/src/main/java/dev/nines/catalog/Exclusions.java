// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.Slo;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.sla.Exclusion;
import dev.nines.objectives.sla.ExclusionState;
import dev.nines.objectives.sla.ExclusionState.Approved;
import dev.nines.objectives.sla.ExclusionState.Declared;
import dev.nines.objectives.sla.ExclusionState.Rejected;
import dev.nines.objectives.sla.ExclusionState.Withdrawn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What was declared excluded, and what became of it. Declaring after the fact is allowed: the time
 * is on record, and the contract's clauses rule what it is worth.
 */
public final class Exclusions {

  /** Approved ones whose time lies within a budget's reach of each other. */
  static final int APPROVED_MAX = 500;

  /** Of one answer. */
  static final int ROWS_MAX = ExclusionRows.MAX;

  private final Journal journal;
  private final InstantSource clock;
  private final AuditTrail audit = new AuditTrail();

  public Exclusions(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** An exclusion as it was known at some instant. */
  public record Known(@JsonUnwrapped Exclusion exclusion, ExclusionState state) {

    boolean inForce() {
      return state instanceof Declared || state instanceof Approved;
    }
  }

  /** What came of a step. */
  public sealed interface Step {

    record Done(Known now) implements Step {}

    /** There is none of that id. */
    record Unknown() implements Step {}

    /** Who declared it asks: a second person must. */
    record Own() implements Step {}

    /** As many are approved around its time as budgets can leave out. */
    record Full() implements Step {}

    /** Its state allows no such step. */
    record Over(ExclusionState state) implements Step {}
  }

  public Known declare(Principal caller, Exclusion exclusion) {
    return journal.transact(
        tx -> {
          ExclusionRows.insert(tx, caller, exclusion);
          Known made = new Known(exclusion, new Declared(caller.name(), exclusion.declaredAt()));
          audit(tx, caller, "exclusion.declare", exclusion.id(), Json.write(exclusion), made.state);
          return made;
        });
  }

  /** Budgets leave it out from now on, also of the past. */
  public Step approve(Principal caller, String id) {
    return journal.transact(
        tx -> {
          Sql.lock(tx, "exclusions/" + caller.tenant());
          return ExclusionRows.approvedAround(tx, caller.tenant(), id) < APPROVED_MAX
              ? decide(tx, caller, id, "approved", "exclusion.approve", Declared::approve)
              : new Step.Full();
        });
  }

  public Step reject(Principal caller, String id) {
    return journal.transact(
        tx -> decide(tx, caller, id, "rejected", "exclusion.reject", Declared::reject));
  }

  /** What was known before is not changed. */
  public Step withdraw(Principal caller, String id) {
    return journal.transact(
        tx -> {
          Optional<Known> found = ExclusionRows.lock(tx, caller.tenant(), id);
          if (found.isEmpty()) {
            return new Step.Unknown();
          }
          ExclusionState before = found.get().state();
          Instant now = now();
          return switch (before) {
            case Declared declared ->
                withdrawn(tx, caller, found.get(), declared.withdraw(caller.name(), now));
            case Approved approved ->
                withdrawn(tx, caller, found.get(), approved.withdraw(caller.name(), now));
            case Rejected rejected -> new Step.Over(rejected);
            case Withdrawn gone -> new Step.Over(gone);
          };
        });
  }

  /** All that touch [from, to), by begin, whatever became of them, as known at an instant. */
  public List<Known> known(
      String tenant, String customer, Instant from, Instant to, Instant knownAt) {
    return journal.transact(
        tx -> ExclusionRows.find(tx, tenant, customer, from, to, micros(knownAt)));
  }

  /**
   * Those that touch [from, to), by begin, and were neither rejected nor withdrawn at an instant.
   *
   * @param customer empty for those of every customer
   */
  public List<Exclusion> find(
      String tenant, String customer, Instant from, Instant to, Instant knownAt) {
    return known(tenant, customer, from, to, knownAt).stream()
        .filter(Known::inForce)
        .map(Known::exclusion)
        .toList();
  }

  /** Those that the SLO's budget leaves out, as known at an instant. */
  public List<Exclusion> approved(Slo slo, Instant from, Instant to, Instant knownAt) {
    return journal
        .transact(tx -> ExclusionRows.approved(tx, slo, from, to, micros(knownAt)))
        .stream()
        .map(Known::exclusion)
        .filter(Exclusion::approved)
        .toList();
  }

  private Step decide(
      Connection tx, Principal caller, String id, String word, String action, ByPerson rule)
      throws SQLException {
    Optional<Known> found = ExclusionRows.lock(tx, caller.tenant(), id);
    if (found.isEmpty()) {
      return new Step.Unknown();
    }
    if (!(found.get().state() instanceof Declared declared)) {
      return new Step.Over(found.get().state());
    }
    Optional<ExclusionState> next = rule.next(declared, caller.name(), now());
    if (next.isEmpty()) {
      return new Step.Own();
    }
    ExclusionRows.decided(tx, caller.tenant(), id, word, next.get());
    return done(tx, caller, action, found.get(), next.get());
  }

  /** {@link Declared#approve} or {@link Declared#reject}. */
  private interface ByPerson {
    Optional<ExclusionState> next(Declared declared, String person, Instant time);
  }

  private Step withdrawn(Connection tx, Principal caller, Known before, ExclusionState next)
      throws SQLException {
    ExclusionRows.withdrawn(tx, caller.tenant(), before.exclusion().id(), next);
    return done(tx, caller, "exclusion.withdraw", before, next);
  }

  private Step done(
      Connection tx, Principal caller, String action, Known before, ExclusionState next)
      throws SQLException {
    audit(tx, caller, action, before.exclusion().id(), "{}", next);
    return new Step.Done(ExclusionRows.known(before.exclusion(), next));
  }

  private void audit(
      Connection tx,
      Principal caller,
      String action,
      String id,
      String detail,
      ExclusionState state)
      throws SQLException {
    audit.append(
        tx,
        new AuditTrail.Entry(
            caller.tenant(), caller.name(), action, "exclusion/" + id, detail, state.at()));
  }

  private Instant now() {
    return micros(clock.instant());
  }

  /** As the table keeps times; rounded up, one could be asked for what came later. */
  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
