// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.paging.PageOrders;
import dev.nines.incident.paging.PagingMetrics;
import dev.nines.incident.response.Chronicle.Note;
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
 * watches, due by the database's clock; a crash can't move it. After a backlog the loops still go
 * one by one, each a full time-out after the one before.
 */
public final class Escalation implements OutboxHandler {

  private static final String ACTOR = "escalation";

  private final Journal journal;
  private final Incidents incidents;
  private final PageOrders pages;
  private final Chronicle chronicle;
  private final PagingMetrics metrics;
  private final ResponseSettings settings;

  public Escalation(
      Journal journal,
      Incidents incidents,
      PageOrders pages,
      Chronicle chronicle,
      PagingMetrics metrics,
      ResponseSettings settings) {
    this.journal = journal;
    this.incidents = incidents;
    this.pages = pages;
    this.chronicle = chronicle;
    this.metrics = metrics;
    this.settings = settings;
  }

  @Override
  public Outcome deliver(Delivery delivery) {
    Deadline deadline = Json.read(delivery.message().payload(), Deadline.class);
    return new Outcome.Delivered(journal.transact(tx -> passed(tx, deadline)));
  }

  private String passed(Connection tx, Deadline deadline) throws SQLException {
    Incident incident = IncidentRows.lock(tx, deadline.incident()).orElseThrow();
    boolean waits =
        incident.state() instanceof IncidentState.Triggered
            && incident.run() == deadline.run()
            && incident.loop() == deadline.loop() - 1;
    if (!waits) {
      return "nobody waits any more";
    }
    Instant now = Sql.now(tx);
    Incident next = incident.withLoop(deadline.loop());
    if (next.loop() > settings.loops()) {
      exhausted(tx, next, now);
      return "exhausted";
    }
    String text =
        "Not acknowledged within %d s: paged again, %d of %d"
            .formatted(settings.ackTimeout().toSeconds(), next.loop(), settings.loops());
    incidents.triggered(tx, next, new Note("repaged", ACTOR, text, now));
    return "paged again";
  }

  private void exhausted(Connection tx, Incident incident, Instant now) throws SQLException {
    IncidentRows.update(tx, incident);
    boolean told =
        pages
            .fallback(tx, incident.tenant(), incident.id(), incident.run(), incident.loop())
            .isPresent();
    metrics.undeliverable("exhausted");
    String text =
        "Nobody acknowledged; " + (told ? "the fallback is told" : "there is no fallback channel");
    chronicle.changed(tx, incident, new Note("exhausted", ACTOR, text, now));
  }
}
