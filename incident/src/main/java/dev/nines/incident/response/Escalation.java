// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.response.Chronicle.Note;
import dev.nines.incident.response.EscalationState.Position;
import dev.nines.incident.response.Incidents.Deadline;
import dev.nines.journal.Delivery;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.OutboxHandler;
import dev.nines.journal.Outcome;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Drains lane {@code escalation}: a deadline is an outbox row, written with the pages that it
 * watches, due by the database's clock; a crash can't move it. After a backlog the steps still go
 * one by one, each a full time-out after the one before.
 */
public final class Escalation implements OutboxHandler {

  private static final String ACTOR = "escalation";
  private static final String NOBODY_WAITS = "nobody waits any more";

  private final Journal journal;
  private final Incidents incidents;
  private final Chronicle chronicle;

  public Escalation(Journal journal, Incidents incidents, Chronicle chronicle) {
    this.journal = journal;
    this.incidents = incidents;
    this.chronicle = chronicle;
  }

  @Override
  public Outcome deliver(Delivery delivery) {
    Deadline deadline = Json.read(delivery.message().payload(), Deadline.class);
    return new Outcome.Delivered(journal.transact(tx -> passed(tx, deadline)));
  }

  private String passed(Connection tx, Deadline deadline) throws SQLException {
    Incident incident = IncidentRows.lock(tx, deadline.incident()).orElseThrow();
    if (incident.run() != deadline.run()) {
      return NOBODY_WAITS;
    }
    Ladder ladder = incidents.ladder();
    EscalationState state = ladder.state(tx, incident);
    Instant acknowledgedAt = deadline.acknowledgedAt();
    return switch (incident.state()) {
      case IncidentState.Triggered triggered ->
          acknowledgedAt == null && state.next(state.position(incident)).equals(place(deadline))
              ? notAcknowledged(tx, incident, state)
              : NOBODY_WAITS;
      case IncidentState.Acknowledged acknowledged ->
          acknowledged.at().equals(acknowledgedAt)
              ? notResolved(tx, incident, acknowledged, state)
              : NOBODY_WAITS;
      case IncidentState.Resolved resolved -> NOBODY_WAITS;
    };
  }

  private String notAcknowledged(Connection tx, Incident incident, EscalationState state)
      throws SQLException {
    Instant now = Sql.now(tx);
    Position from = state.position(incident);
    Incident next = incidents.ladder().next(tx, incident, now);
    EscalationState stands = incidents.ladder().state(tx, next);
    if (stands.exhausted(stands.position(next))) {
      return "exhausted";
    }
    String waited = "Not acknowledged within %d s".formatted(state.at(from).timeout().toSeconds());
    Note note =
        next.loop() > from.loop()
            ? new Note("repaged", ACTOR, waited + again(next, stands), now)
            : new Note("next_step", ACTOR, waited + further(stands), now);
    chronicle.changed(tx, next, note);
    return note.kind();
  }

  private String notResolved(
      Connection tx,
      Incident incident,
      IncidentState.Acknowledged acknowledged,
      EscalationState state)
      throws SQLException {
    Instant now = Sql.now(tx);
    Incident open = incident.with(acknowledged.escalate(now, ACTOR));
    Incident next = incidents.ladder().restart(tx, open, state.policy(), now);
    String text =
        "Acknowledged by %s at %s and not resolved since: paged again"
            .formatted(acknowledged.by(), acknowledged.at());
    chronicle.changed(tx, next, new Note("acknowledgement_expired", ACTOR, text, now));
    return "paged again";
  }

  private static Position place(Deadline deadline) {
    return new Position(deadline.loop(), deadline.step());
  }

  private static String again(Incident next, EscalationState state) {
    return ": paged again, %d of %d"
        .formatted(next.loop() - state.firstLoop(), state.policy().repeat());
  }

  private static String further(EscalationState state) {
    return ": step %d of %d".formatted(state.step() + 1, state.policy().steps().size());
  }
}
