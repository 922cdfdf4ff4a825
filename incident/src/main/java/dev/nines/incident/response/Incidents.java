// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.paging.PageLog;
import dev.nines.incident.paging.PageOrder;
import dev.nines.incident.paging.PageOrders;
import dev.nines.incident.paging.PagingMetrics;
import dev.nines.incident.response.Chronicle.Note;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnPolicy.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of all tenants. Each change of state, the pages that it orders, the next deadline,
 * its timeline row and its audit row are one transaction.
 */
public final class Incidents {

  /** Lane of the deadlines: a row is due when somebody should have acknowledged. */
  public static final String ESCALATION = "escalation";

  /** Lane of the postmortems to write. */
  public static final String POSTMORTEM = "postmortem";

  private final Journal journal;
  private final Outbox outbox;
  private final PageOrders pages;
  private final Chronicle chronicle;
  private final PagingMetrics metrics;
  private final ResponseSettings settings;

  public Incidents(
      Journal journal,
      Outbox outbox,
      PageOrders pages,
      Chronicle chronicle,
      PagingMetrics metrics,
      ResponseSettings settings) {
    this.journal = journal;
    this.outbox = outbox;
    this.pages = pages;
    this.chronicle = chronicle;
    this.metrics = metrics;
    this.settings = settings;
  }

  /** What became of a request. */
  public sealed interface Answer {
    /** Also when it had been so before. */
    record Done(Incident incident) implements Answer {}

    /** The tenant has no such incident. */
    record Unknown() implements Answer {}

    /** Its state does not allow it. */
    record Conflict(String why) implements Answer {}
  }

  /** A row of lane {@link #ESCALATION}, and in lane {@link #POSTMORTEM} what to write about. */
  public record Deadline(String incident, int run, int loop) {}

  public Answer acknowledge(String tenant, String id, String who) {
    return change(
        tenant,
        id,
        (tx, incident, now) ->
            switch (incident.state()) {
              case IncidentState.Triggered triggered ->
                  acknowledged(tx, incident.with(triggered.acknowledge(now, who)));
              case IncidentState.Acknowledged acknowledged -> new Answer.Done(incident);
              case IncidentState.Resolved resolved -> new Answer.Conflict("it is resolved");
            });
  }

  public Answer resolve(String tenant, String id, String who) {
    return change(
        tenant,
        id,
        (tx, incident, now) ->
            switch (incident.state()) {
              case IncidentState.Triggered triggered ->
                  resolved(tx, incident.with(triggered.resolve(now, who)), "Resolved by " + who);
              case IncidentState.Acknowledged acknowledged ->
                  resolved(tx, incident.with(acknowledged.resolve(now, who)), "Resolved by " + who);
              case IncidentState.Resolved resolved -> new Answer.Done(incident);
            });
  }

  /**
   * @param state null for all
   */
  public List<Incident> list(String tenant, IncidentState.@Nullable Kind state) {
    return journal.transact(tx -> IncidentRows.list(tx, tenant, state));
  }

  public Optional<Incident> find(String tenant, String id) {
    return journal
        .transact(tx -> IncidentRows.find(tx, id))
        .filter(incident -> incident.tenant().equals(tenant));
  }

  public List<Timeline.Row> timeline(Incident incident) {
    return journal.transact(tx -> Timeline.of(tx, incident.id()));
  }

  public List<PageLog.Attempt> pages(Incident incident) {
    return journal.transact(tx -> PageLog.of(tx, incident));
  }

  /** Pages, sets the deadline, and writes it down: the incident has just been triggered. */
  void triggered(Connection tx, Incident incident, Note note) throws SQLException {
    IncidentRows.update(tx, incident);
    page(tx, incident, note.at());
    chronicle.changed(tx, incident, note);
  }

  Answer.Done resolved(Connection tx, Incident incident, String text) throws SQLException {
    IncidentRows.update(tx, incident);
    tellOthers(tx, incident, PageOrder.Event.RESOLVE);
    postmortem(tx, incident, "at-once", incident.state().at());
    postmortem(tx, incident, "settled", incident.state().at().plus(settings.settleAfter()));
    chronicle.changed(
        tx, incident, new Note("resolved", incident.state().by(), text, incident.state().at()));
    return new Answer.Done(incident);
  }

  /** Orders the pages of the incident's present loop, and the deadline after them. */
  void page(Connection tx, Incident incident, Instant now) throws SQLException {
    int ordered =
        pages.all(
            tx,
            incident.tenant(),
            incident.id(),
            incident.run(),
            PageOrder.Event.TRIGGER,
            incident.loop());
    if (ordered == 0) {
      metrics.undeliverable("no_channel");
      String text = "Nobody was told: the tenant has no channel";
      chronicle.noted(tx, incident, new Note("undeliverable", "paging", text, now));
    }
    if (incident.severity() == Severity.PAGE) {
      deadline(tx, incident, now.plus(settings.ackTimeout()));
    }
  }

  private Answer.Done acknowledged(Connection tx, Incident incident) throws SQLException {
    IncidentRows.update(tx, incident);
    tellOthers(tx, incident, PageOrder.Event.ACKNOWLEDGE);
    String who = incident.state().by();
    chronicle.changed(
        tx,
        incident,
        new Note("acknowledged", who, "Acknowledged by " + who, incident.state().at()));
    return new Answer.Done(incident);
  }

  private void tellOthers(Connection tx, Incident incident, PageOrder.Event event)
      throws SQLException {
    pages.toldBefore(tx, incident.tenant(), incident.id(), incident.run(), event);
  }

  private void deadline(Connection tx, Incident incident, Instant due) {
    Deadline deadline = new Deadline(incident.id(), incident.run(), incident.loop() + 1);
    String key = "%s/%d/%d".formatted(deadline.incident(), deadline.run(), deadline.loop());
    outbox.put(tx, new OutboxMessage(ESCALATION, key, ESCALATION, "", Json.write(deadline), due));
  }

  private void postmortem(Connection tx, Incident incident, String when, Instant due) {
    Deadline what = new Deadline(incident.id(), incident.run(), incident.loop());
    String key = "%s/%d/%s".formatted(incident.id(), incident.run(), when);
    outbox.put(
        tx, new OutboxMessage(POSTMORTEM, key, POSTMORTEM, incident.id(), Json.write(what), due));
  }

  /** What to do with a locked incident. */
  private interface Change {
    Answer apply(Connection tx, Incident incident, Instant now) throws SQLException;
  }

  private Answer change(String tenant, String id, Change change) {
    return journal.transact(
        tx -> {
          Optional<Incident> found =
              IncidentRows.lock(tx, id).filter(incident -> incident.tenant().equals(tenant));
          return found.isEmpty()
              ? new Answer.Unknown()
              : change.apply(tx, found.get(), Sql.now(tx));
        });
  }
}
