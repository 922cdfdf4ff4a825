// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.oncall.EscalationPolicy;
import dev.nines.incident.oncall.Policies;
import dev.nines.incident.oncall.Target;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** Lane of the changes to look at; also the kind of a timeline row that says what was found. */
  public static final String SUSPECT = "suspect";

  private final Journal journal;
  private final Outbox outbox;
  private final PageOrders pages;
  private final Chronicle chronicle;
  private final Ladder ladder;
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
    this.ladder =
        new Ladder(outbox, new Callout(pages, chronicle, metrics), chronicle, metrics, settings);
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

    /** It names what is not there. */
    record Refused(dev.nines.incident.oncall.Answer why) implements Answer {}
  }

  /**
   * A row of lane {@link #ESCALATION}; in lanes {@link #POSTMORTEM} and {@link #SUSPECT} what to
   * look at.
   *
   * @param loop with {@code step}: where to go when it passes
   * @param acknowledgedAt when it watches an acknowledgement; null otherwise
   */
  public record Deadline(
      String incident, int run, int loop, int step, @Nullable Instant acknowledgedAt) {}

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

  /** Goes on to the next step at once, whoever has it now. */
  public Answer escalate(String tenant, String id, String who) {
    return change(
        tenant,
        id,
        (tx, incident, now) ->
            switch (incident.state()) {
              case IncidentState.Triggered triggered ->
                  escalated(tx, incident.with(triggered.escalate(now, who)));
              case IncidentState.Acknowledged acknowledged ->
                  escalated(tx, incident.with(acknowledged.escalate(now, who)));
              case IncidentState.Resolved resolved -> new Answer.Conflict("it is resolved");
            });
  }

  /** Others are woken instead, as often as where no policy is defined. */
  public Answer reassign(String tenant, String id, List<Target> targets, String who) {
    EscalationPolicy policy = EscalationPolicy.to(targets, settings.ackTimeout(), settings.loops());
    return change(
        tenant,
        id,
        (tx, incident, now) -> {
          Optional<dev.nines.incident.oncall.Answer> unknown =
              Policies.unknownTarget(tx, tenant, policy);
          if (unknown.isPresent()) {
            return new Answer.Refused(unknown.get());
          }
          return switch (incident.state()) {
            case IncidentState.Triggered triggered ->
                reassigned(tx, incident.with(triggered.escalate(now, who)), policy);
            case IncidentState.Acknowledged acknowledged ->
                reassigned(tx, incident.with(acknowledged.escalate(now, who)), policy);
            case IncidentState.Resolved resolved -> new Answer.Conflict("it is resolved");
          };
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

  /** Pages, sets the deadline, and writes it down: a run of the incident has just begun. */
  void triggered(Connection tx, Incident incident, Note note) throws SQLException {
    Incident paged = ladder.begin(tx, incident, note.at());
    suspect(tx, paged, note.at().plus(settings.adviseAfter()));
    chronicle.changed(tx, paged, note);
  }

  /** A deadline has passed, see {@link Escalation}. */
  Ladder ladder() {
    return ladder;
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

  private Answer escalated(Connection tx, Incident incident) throws SQLException {
    EscalationState state = ladder.state(tx, incident);
    if (state.exhausted(state.position(incident))) {
      return new Answer.Conflict("there is no further step");
    }
    Instant now = incident.state().at();
    String who = incident.state().by();
    Incident next = ladder.next(tx, incident, now);
    chronicle.changed(tx, next, new Note("next_step", who, "Escalated by " + who, now));
    return new Answer.Done(next);
  }

  private Answer reassigned(Connection tx, Incident incident, EscalationPolicy policy)
      throws SQLException {
    Instant now = incident.state().at();
    String who = incident.state().by();
    Incident next = ladder.restart(tx, incident, policy, now);
    String targets =
        policy.steps().getFirst().targets().stream()
            .map(Target::toString)
            .collect(Collectors.joining(", "));
    String text = "Reassigned by %s to %s".formatted(who, targets);
    chronicle.changed(tx, next, new Note("reassigned", who, text, now));
    return new Answer.Done(next);
  }

  private Answer.Done acknowledged(Connection tx, Incident incident) throws SQLException {
    IncidentRows.update(tx, incident);
    tellOthers(tx, incident, PageOrder.Event.ACKNOWLEDGE);
    ladder.watchAcknowledged(tx, incident);
    String who = incident.state().by();
    chronicle.changed(
        tx,
        incident,
        new Note("acknowledged", who, "Acknowledged by " + who, incident.state().at()));
    return new Answer.Done(incident);
  }

  private void tellOthers(Connection tx, Incident incident, PageOrder.Event event)
      throws SQLException {
    pages.toldBefore(tx, incident.tenant(), incident.id(), incident.run(), incident.loop(), event);
  }

  private void suspect(Connection tx, Incident incident, Instant due) {
    if (incident.slo() != null) {
      Deadline what = new Deadline(incident.id(), incident.run(), incident.loop(), 0, null);
      String key = "%s/%d".formatted(incident.id(), incident.run());
      outbox.put(
          tx, new OutboxMessage(SUSPECT, key, SUSPECT, incident.id(), Json.write(what), due));
    }
  }

  private void postmortem(Connection tx, Incident incident, String when, Instant due) {
    Deadline what = new Deadline(incident.id(), incident.run(), incident.loop(), 0, null);
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
