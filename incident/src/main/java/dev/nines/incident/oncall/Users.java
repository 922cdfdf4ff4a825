// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.incident.oncall.Definitions.Kind;
import dev.nines.journal.Journal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The users of all tenants. One who is still needed cannot be deleted. */
public final class Users {

  private static final int USERS_MAX = 1_000;

  private final Journal journal;
  private final Changes changes;

  public Users(Journal journal, Changes changes) {
    this.journal = journal;
    this.changes = changes;
  }

  /** Creates or replaces. */
  public Answer put(String tenant, User user, String who) {
    return changes.in(
        tenant,
        (tx, now) -> {
          if (Definitions.user(tx, tenant, user.name()).isEmpty()
              && Definitions.users(tx, tenant).size() >= USERS_MAX) {
            return new Answer.Conflict("a tenant has at most " + USERS_MAX + " users");
          }
          Definitions.put(tx, tenant, Kind.USER, user.name(), user);
          changes.audit(tx, tenant, who, "user.put", "user/" + user.name(), user, now);
          return new Answer.Done();
        });
  }

  public Answer delete(String tenant, String name, String who) {
    return changes.in(
        tenant,
        (tx, now) -> {
          List<String> needed = neededBy(tx, tenant, name);
          if (!needed.isEmpty()) {
            return new Answer.Conflict(name + " is needed by " + String.join(", ", needed));
          }
          if (!Definitions.delete(tx, tenant, Kind.USER, name)) {
            return new Answer.Unknown("user " + name);
          }
          changes.audit(tx, tenant, who, "user.delete", "user/" + name, name, now);
          return new Answer.Done();
        });
  }

  /** For whoever must know within a transaction. */
  public static Optional<User> find(Connection tx, String tenant, String name) throws SQLException {
    return Definitions.user(tx, tenant, name);
  }

  public List<User> list(String tenant) {
    return journal.transact(tx -> Definitions.users(tx, tenant));
  }

  private static List<String> neededBy(Connection tx, String tenant, String name)
      throws SQLException {
    List<String> needed = Policies.naming(tx, tenant, new Target(Target.Kind.USER, name));
    for (String schedule : ScheduleRows.names(tx, tenant)) {
      boolean takesTurns =
          ScheduleRows.latest(tx, tenant, schedule)
              .map(latest -> latest.users().contains(name))
              .orElse(false);
      if (takesTurns) {
        needed.add("schedule/" + schedule);
      }
    }
    return needed;
  }
}
