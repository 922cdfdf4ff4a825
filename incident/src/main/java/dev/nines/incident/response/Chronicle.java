// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.alerts.IncidentEvent;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/**
 * Writes down a change of an incident: timeline, projection, and, where the state changed, an audit
 * row. The audit row comes last in a transaction.
 */
public final class Chronicle {

  /** Lane that the server's relay drains to Kafka. */
  public static final String PROJECTION = "projection";

  private final Outbox outbox;
  private final AuditTrail audit;

  public Chronicle(Outbox outbox, AuditTrail audit) {
    this.outbox = outbox;
    this.audit = audit;
  }

  /**
   * @param kind a word such as {@code acknowledged}
   */
  public record Note(String kind, String actor, String text, Instant at) {}

  /** A change of state. */
  void changed(Connection tx, Incident after, Note note) throws SQLException {
    noted(tx, after, note);
    String detail =
        Json.write(
            Map.of(
                "state", after.state().kind(),
                "run", after.run(),
                "loop", after.loop(),
                "severity", after.severity(),
                "text", note.text()));
    audit.append(
        tx,
        new AuditTrail.Entry(
            after.tenant(),
            note.actor(),
            "incident." + note.kind(),
            after.subject(),
            detail,
            note.at()));
  }

  /** Something worth knowing that leaves the state as it is. */
  public void noted(Connection tx, Incident incident, Note note) throws SQLException {
    long row =
        Timeline.append(tx, incident.id(), note.at(), note.kind(), note.actor(), note.text());
    IncidentEvent event =
        new IncidentEvent(
            incident.id() + "-" + row,
            incident.id(),
            incident.tenant(),
            note.kind(),
            note.at(),
            Json.write(Projection.of(incident, note.text())));
    outbox.put(
        tx,
        new OutboxMessage(
            PROJECTION,
            event.id(),
            IncidentEvent.TOPIC,
            incident.id(),
            Json.write(event),
            Instant.EPOCH));
  }

  /** The incident as archives and dashboards see it. */
  private record Projection(
      String title,
      String slo,
      String severity,
      String state,
      int run,
      int loop,
      Instant openedAt,
      Instant firstBadAt,
      Instant policyTrueAt,
      String text) {

    static Projection of(Incident incident, String text) {
      return new Projection(
          incident.title(),
          incident.slo() == null ? "" : incident.slo().toString(),
          incident.severity().name(),
          incident.state().kind().name(),
          incident.run(),
          incident.loop(),
          incident.openedAt(),
          incident.burned().firstBadAt(),
          incident.burned().policyTrueAt(),
          text);
    }
  }
}
