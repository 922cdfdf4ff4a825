// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.incident.oncall.Roster.Segment;
import dev.nines.journal.Journal;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** The schedules of all tenants. A change counts from its own instant on, never before. */
public final class Schedules {

  /** How far ahead gaps are looked for. */
  private static final Duration AHEAD = Duration.ofDays(14);

  /** Behind every override. */
  private static final Instant FAR = Instant.parse("2201-01-01T00:00:00Z");

  private static final int SCHEDULES_MAX = 200;

  /** Overrides of one schedule that are not over. */
  private static final int COVERS_MAX = 1_000;

  private final Journal journal;
  private final Changes changes;

  public Schedules(Journal journal, Changes changes) {
    this.journal = journal;
    this.changes = changes;
  }

  /** Creates or replaces. */
  public Answer put(String tenant, String name, Schedule schedule, String who) {
    return changes.in(
        tenant,
        (tx, now) -> {
          for (String user : schedule.users()) {
            if (Definitions.user(tx, tenant, user).isEmpty()) {
              return unknownUser("layers", user);
            }
          }
          List<String> names = ScheduleRows.names(tx, tenant);
          if (!names.contains(name) && names.size() >= SCHEDULES_MAX) {
            return new Answer.Conflict("a tenant has at most " + SCHEDULES_MAX + " schedules");
          }
          ScheduleRows.put(tx, tenant, name, now, schedule);
          changes.audit(tx, tenant, who, "schedule.put", subject(name), schedule, now);
          return new Answer.Done();
        });
  }

  /** Its past stays known. */
  public Answer delete(String tenant, String name, String who) {
    return changes.in(
        tenant,
        (tx, now) -> {
          List<String> needed = Policies.naming(tx, tenant, new Target(Target.Kind.SCHEDULE, name));
          if (!needed.isEmpty()) {
            return new Answer.Conflict(name + " is needed by " + String.join(", ", needed));
          }
          if (ScheduleRows.latest(tx, tenant, name).isEmpty()) {
            return new Answer.Unknown("schedule " + name);
          }
          ScheduleRows.put(tx, tenant, name, now, null);
          changes.audit(tx, tenant, who, "schedule.delete", subject(name), name, now);
          return new Answer.Done();
        });
  }

  /** An override; {@code written} gets it with its id. */
  public Answer cover(
      String tenant, String name, Cover cover, String who, AtomicReference<Cover> written) {
    return changes.in(
        tenant,
        (tx, now) -> {
          if (ScheduleRows.latest(tx, tenant, name).isEmpty()) {
            return new Answer.Unknown("schedule " + name);
          }
          if (Definitions.user(tx, tenant, cover.user()).isEmpty()) {
            return unknownUser("user", cover.user());
          }
          if (!cover.to().isAfter(now)) {
            return Answer.invalid("to", "past", cover.to().toString(), "is over already");
          }
          if (ScheduleRows.covers(tx, tenant, name, now, FAR).size() >= COVERS_MAX) {
            return new Answer.Conflict("a schedule has at most " + COVERS_MAX + " overrides");
          }
          written.set(ScheduleRows.cover(tx, tenant, name, cover, now, who));
          changes.audit(tx, tenant, who, "override.put", subject(name), written.get(), now);
          return new Answer.Done();
        });
  }

  /** Ends an override; what it covered until now stays true. */
  public Answer endCover(String tenant, String name, long id, String who) {
    return changes.in(
        tenant,
        (tx, now) -> {
          if (!ScheduleRows.endCover(tx, tenant, name, id, now)) {
            return new Answer.Unknown("override " + id + " of " + name + " that is not over");
          }
          changes.audit(tx, tenant, who, "override.delete", subject(name), id, now);
          return new Answer.Done();
        });
  }

  public Optional<Schedule> find(String tenant, String name) {
    return journal.transact(tx -> ScheduleRows.latest(tx, tenant, name));
  }

  public List<String> names(String tenant) {
    return journal.transact(tx -> ScheduleRows.names(tx, tenant));
  }

  /** Overrides that are not over. */
  public List<Cover> covers(String tenant, String name) {
    return journal.transact(tx -> ScheduleRows.covers(tx, tenant, name, Sql.now(tx), FAR));
  }

  /** Who has the duty of each schedule at an instant. */
  public Map<String, Duty> onCall(String tenant, Instant at) {
    return journal.transact(
        tx -> {
          Map<String, Duty> duties = new TreeMap<>();
          for (String name : ScheduleRows.names(tx, tenant)) {
            duties.put(name, duty(tx, tenant, name, at));
          }
          return duties;
        });
  }

  /** For whoever must know within a transaction. */
  public static Duty duty(Connection tx, String tenant, String name, Instant at)
      throws SQLException {
    return ScheduleRows.roster(tx, tenant, name, at, at.plusSeconds(1)).at(at);
  }

  /**
   * The final schedule; empty when there is no such schedule.
   *
   * @see Roster#timeline
   */
  public Optional<Roster> roster(String tenant, String name, Instant from, Instant to) {
    Roster roster = journal.transact(tx -> ScheduleRows.roster(tx, tenant, name, from, to));
    return roster.versions().isEmpty() ? Optional.empty() : Optional.of(roster);
  }

  /** What somebody should know before it matters: gaps of the next 14 days, unreachable users. */
  public List<String> warnings(String tenant, String name) {
    Instant now = journal.transact(Sql::now);
    Instant end = now.plus(AHEAD);
    List<String> warnings = new ArrayList<>();
    Optional<List<Segment>> timeline =
        roster(tenant, name, now, end).flatMap(roster -> roster.timeline(now, end));
    for (Segment segment : timeline.orElse(List.of())) {
      if (segment.duty() instanceof Duty.Gap(String reason)) {
        warnings.add(
            "nobody is on call from %s to %s: %s".formatted(segment.from(), segment.to(), reason));
      }
    }
    Schedule schedule = find(tenant, name).orElse(null);
    if (schedule != null) {
      journal.transact(tx -> Definitions.users(tx, tenant)).stream()
          .filter(user -> schedule.users().contains(user.name()))
          .filter(user -> user.contacts(Urgency.PAGE).isEmpty())
          .forEach(user -> warnings.add("user " + user.name() + " has no contact for pages"));
    }
    return warnings;
  }

  private static Answer unknownUser(String field, String user) {
    return Answer.invalid(field, "unknown-user", user, "is no user of the tenant");
  }

  private static String subject(String name) {
    return "schedule/" + name;
  }
}
