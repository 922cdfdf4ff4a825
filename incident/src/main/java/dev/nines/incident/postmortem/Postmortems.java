// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

import dev.nines.incident.paging.PageLog;
import dev.nines.incident.postmortem.Dossier.Findings;
import dev.nines.incident.response.Incident;
import dev.nines.incident.response.IncidentRows;
import dev.nines.incident.response.IncidentState;
import dev.nines.incident.response.Incidents.Deadline;
import dev.nines.incident.response.Timeline;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Delivery;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.OutboxHandler;
import dev.nines.journal.Outcome;
import dev.nines.journal.Sql;
import dev.nines.objectives.SloId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes postmortems: drains lane {@code postmortem} when an incident is resolved, and again once
 * late data have come. One that lacks facts is kept and tried again for about ten minutes; one that
 * has all its facts is never replaced by one that lacks some, since evidence expires.
 */
public final class Postmortems implements OutboxHandler {

  private static final int ATTEMPTS = 20;
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final int HASH_BYTES_SHOWN = 8;

  private static final String SAVE =
      """
      INSERT INTO postmortem (incident, markdown, complete, generated_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (incident) DO UPDATE SET markdown = excluded.markdown,
        complete = excluded.complete, generated_at = excluded.generated_at
        WHERE excluded.complete OR NOT postmortem.complete""";

  private final Journal journal;
  private final AuditTrail audit;
  private final Evidence evidence;

  public Postmortems(Journal journal, AuditTrail audit, Evidence evidence) {
    this.journal = journal;
    this.audit = audit;
    this.evidence = evidence;
  }

  @Override
  public Outcome deliver(Delivery delivery) {
    Deadline what = Json.read(delivery.message().payload(), Deadline.class);
    Optional<Incident> incident = journal.transact(tx -> IncidentRows.find(tx, what.incident()));
    if (incident.isEmpty()) {
      return new Outcome.Dead("no such incident");
    }
    if (incident.get().run() != what.run()) {
      return new Outcome.Delivered("a later run has begun");
    }
    boolean complete = generate(incident.get());
    return complete || delivery.attempt() >= ATTEMPTS
        ? new Outcome.Delivered(complete ? "complete" : "incomplete")
        : new Outcome.Retry(AGAIN, "facts are missing", false);
  }

  /** The stored one; a fresh draft while there is none. */
  public String read(Incident incident) {
    Optional<String> stored =
        incident.state() instanceof IncidentState.Resolved
            ? journal.transact(tx -> stored(tx, incident))
            : Optional.empty();
    return stored.orElseGet(() -> Postmortem.write(dossier(incident)));
  }

  /**
   * Writes it anew from what the stores still know, and keeps it; false while facts are missing.
   */
  public boolean generate(Incident incident) {
    Dossier dossier = dossier(incident);
    String markdown = Postmortem.write(dossier);
    journal.transact(
        tx ->
            Sql.update(
                tx, SAVE, incident.number(), markdown, dossier.complete(), dossier.writtenAt()));
    return dossier.complete();
  }

  private Dossier dossier(Incident incident) {
    Instant now = journal.transact(Sql::now);
    SloId slo = incident.slo();
    Findings findings = slo == null ? null : findings(incident, slo, now);
    return journal.transact(tx -> dossier(tx, incident, findings, now));
  }

  private Dossier dossier(
      Connection tx, Incident incident, @Nullable Findings findings, Instant now)
      throws SQLException {
    List<String> auditRows =
        audit.about(tx, incident.tenant(), incident.subject()).stream()
            .map(
                row ->
                    "%d %s `%s`"
                        .formatted(
                            row.seq(),
                            row.entry().action(),
                            HexFormat.of().formatHex(row.hash(), 0, HASH_BYTES_SHOWN)))
            .toList();
    return new Dossier(
        incident,
        findings,
        Timeline.of(tx, incident.id()),
        PageLog.of(tx, incident),
        auditRows,
        now);
  }

  private Findings findings(Incident incident, SloId slo, Instant now) {
    Instant firstBadAt = incident.burned().firstBadAt();
    Instant from = incident.openedAt().isBefore(firstBadAt) ? incident.openedAt() : firstBadAt;
    Instant to =
        incident.state() instanceof IncidentState.Resolved(Instant at, String by) ? at : now;
    Evidence.Question question = new Evidence.Question(slo, incident.scopes(), from, to);
    return new Findings(
        evidence.impact(question),
        evidence.groups(question),
        evidence.exemplars(question),
        evidence.changes(question));
  }

  private static Optional<String> stored(Connection tx, Incident incident) throws SQLException {
    return Sql.row(
        tx,
        "SELECT markdown FROM postmortem WHERE incident = ?",
        row -> row.getString(1),
        incident.number());
  }
}
