// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.alerts.AlertGroupEvent;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Migrations;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The alerts of all tenants. An observation, what it makes of its alert, the decision and what is
 * told about it are written in one transaction; a repeated observation changes nothing.
 */
public final class Alerts {

  private final Journal journal;
  private final Outbox outbox;

  public Alerts(Journal journal, Outbox outbox) {
    this.journal = journal;
    this.outbox = outbox;
  }

  /** Creates or upgrades delivery's tables. */
  public Alerts migrate() {
    Migrations.run(journal.dataSource(), "classpath:db/delivery", "delivery_migrations");
    return this;
  }

  Decision observe(Connection tx, Observation seen) throws SQLException {
    String tenant = seen.alert().tenant();
    long sequence = AlertRows.lockGroup(tx, tenant, seen.groupKey());
    List<GroupedAlert> members = AlertRows.ofGroup(tx, tenant, seen.groupKey());
    GroupedAlert before =
        members.stream().filter(member -> same(member, seen)).findFirst().orElse(null);
    GroupedAlert after = seen.after(before);
    Decision decision = new AlertGroup(members).decide(after);
    if (before == null && !after.open()) {
      return decision;
    }
    AlertRows.save(tx, seen.groupKey(), after);
    switch (decision) {
      case Decision.Tell tell -> tell(tx, seen, after, tell, sequence + 1);
      case Decision.Keep keep -> {
        if (before == null || !Objects.equals(before.state(), after.state())) {
          AlertRows.log(tx, seen.groupKey(), after, null, keep.why());
        }
      }
    }
    return decision;
  }

  List<GroupedAlert> list(String tenant, boolean resolvedToo) {
    return journal.transact(tx -> AlertRows.ofTenant(tx, tenant, resolvedToo));
  }

  private void tell(
      Connection tx, Observation seen, GroupedAlert after, Decision.Tell tell, long sequence)
      throws SQLException {
    String tenant = seen.alert().tenant();
    AlertGroupEvent event =
        new AlertGroupEvent(
            tenant,
            seen.groupKey(),
            sequence,
            tell.state(),
            tell.severity(),
            tell.reason(),
            seen.title(),
            seen.slo(),
            tell.conditions(),
            seen.condition().at(),
            seen.condition().decidedAt());
    String group = tenant + "/" + seen.groupKey();
    AlertRows.saveSequence(tx, tenant, seen.groupKey(), sequence);
    AlertRows.log(tx, seen.groupKey(), after, sequence, tell.reason().name());
    outbox.put(
        tx,
        new OutboxMessage(
            AlertGroupEvent.LANE,
            group + "/" + sequence,
            "incident",
            group,
            Json.write(event),
            Instant.EPOCH));
  }

  private static boolean same(GroupedAlert member, Observation seen) {
    return member.alert().fingerprint().equals(seen.alert().fingerprint());
  }
}
