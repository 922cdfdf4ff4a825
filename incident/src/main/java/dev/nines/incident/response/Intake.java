// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.alerts.AlertGroupEvent;
import dev.nines.alerts.AlertGroupEvent.Reason;
import dev.nines.incident.paging.Summary;
import dev.nines.incident.response.Chronicle.Note;
import dev.nines.incident.response.Incident.Burned;
import dev.nines.journal.Delivery;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.OutboxHandler;
import dev.nines.journal.Outcome;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Drains lane {@code incident}: one incident for each alert group. An open incident takes what
 * follows; a group that fires again soon after its incident's end reopens it as a new run; a ticket
 * that becomes a page starts a new run too. Events taken before are recognised by their sequence.
 */
public final class Intake implements OutboxHandler {

  private static final String ACTOR = "alerting";

  private static final String NEXT =
      """
      INSERT INTO incident_group (tenant, group_key, sequence) VALUES (?, ?, ?)
      ON CONFLICT (tenant, group_key) DO UPDATE SET sequence = excluded.sequence
        WHERE incident_group.sequence < excluded.sequence""";

  private final Journal journal;
  private final Incidents incidents;
  private final Chronicle chronicle;
  private final ResponseSettings settings;

  public Intake(
      Journal journal, Incidents incidents, Chronicle chronicle, ResponseSettings settings) {
    this.journal = journal;
    this.incidents = incidents;
    this.chronicle = chronicle;
    this.settings = settings;
  }

  @Override
  public Outcome deliver(Delivery delivery) {
    AlertGroupEvent event = Json.read(delivery.message().payload(), AlertGroupEvent.class);
    boolean fresh = journal.transact(tx -> take(tx, event, delivery.createdAt()));
    return new Outcome.Delivered(fresh ? "taken" : "taken before");
  }

  private boolean take(Connection tx, AlertGroupEvent event, Instant storedAt) throws SQLException {
    int fresh = Sql.update(tx, NEXT, event.tenant(), event.groupKey(), event.sequence());
    if (fresh == 0) {
      return false;
    }
    Instant now = Sql.now(tx);
    Optional<Incident> last = IncidentRows.lockLast(tx, event.tenant(), event.groupKey());
    if (event.state() == State.RESOLVED) {
      if (last.isPresent()) {
        ends(tx, last.get(), event, now);
      }
    } else if (last.isEmpty()) {
      open(tx, event, storedAt, now);
    } else {
      goesOn(tx, last.get(), event, storedAt, now);
    }
    return true;
  }

  private void open(Connection tx, AlertGroupEvent event, Instant storedAt, Instant now)
      throws SQLException {
    Incident stored =
        IncidentRows.insert(
            tx,
            new Incident(
                "",
                event.tenant(),
                event.groupKey(),
                event.title(),
                event.slo(),
                event.severity(),
                new IncidentState.Triggered(now, ACTOR),
                1,
                0,
                now,
                null,
                event.conditions(),
                burned(event, storedAt)));
    incidents.triggered(tx, stored, new Note("triggered", ACTOR, Summary.of(stored), now));
  }

  private void goesOn(
      Connection tx, Incident last, AlertGroupEvent event, Instant storedAt, Instant now)
      throws SQLException {
    switch (last.state()) {
      case IncidentState.Triggered triggered ->
          update(tx, last, event, triggered.escalate(now, ACTOR), storedAt);
      case IncidentState.Acknowledged acknowledged ->
          update(tx, last, event, acknowledged.escalate(now, ACTOR), storedAt);
      case IncidentState.Resolved resolved -> {
        if (event.state() == State.FROZEN && event.reason() != Reason.NEW) {
          note(tx, last.told(event, last.severity()), event, now);
        } else if (resolved.at().plus(settings.reopenWithin()).isBefore(now)) {
          open(tx, event, storedAt, now);
        } else {
          Incident again =
              last.told(event, event.severity())
                  .rerun(resolved.reopen(now, ACTOR), burned(event, storedAt));
          String text = "Fires again: " + Summary.of(again);
          incidents.triggered(tx, again, new Note("reopened", ACTOR, text, now));
        }
      }
    }
  }

  private void update(
      Connection tx,
      Incident open,
      AlertGroupEvent event,
      IncidentState.Triggered escalated,
      Instant storedAt)
      throws SQLException {
    boolean rises = open.severity() == Severity.TICKET && event.severity() == Severity.PAGE;
    if (rises) {
      Incident again = open.told(event, Severity.PAGE).rerun(escalated, burned(event, storedAt));
      String text = "From ticket to page: " + Summary.of(again);
      incidents.triggered(tx, again, new Note("escalated", ACTOR, text, escalated.at()));
    } else {
      note(tx, open.told(event, open.severity()), event, escalated.at());
    }
  }

  private void ends(Connection tx, Incident last, AlertGroupEvent event, Instant now)
      throws SQLException {
    Incident told = last.told(event, last.severity());
    String text = "Its alerts are gone";
    switch (last.state()) {
      case IncidentState.Triggered triggered ->
          incidents.resolved(tx, told.with(triggered.resolve(now, ACTOR)), text);
      case IncidentState.Acknowledged acknowledged ->
          incidents.resolved(tx, told.with(acknowledged.resolve(now, ACTOR)), text);
      case IncidentState.Resolved resolved -> note(tx, told, event, now);
    }
  }

  private void note(Connection tx, Incident incident, AlertGroupEvent event, Instant now)
      throws SQLException {
    IncidentRows.update(tx, incident);
    String kind = event.reason().name().toLowerCase(Locale.ROOT);
    chronicle.noted(tx, incident, new Note("alert_" + kind, ACTOR, Summary.of(incident), now));
  }

  private static Burned burned(AlertGroupEvent event, Instant storedAt) {
    return new Burned(event.firstBadAt(), event.at(), event.decidedAt(), storedAt);
  }
}
