// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.suspect;

import dev.nines.incident.paging.PageOrder.Event;
import dev.nines.incident.paging.PageOrders;
import dev.nines.incident.paging.RecentChanges;
import dev.nines.incident.postmortem.ChangeShare;
import dev.nines.incident.postmortem.Evidence;
import dev.nines.incident.postmortem.Fact;
import dev.nines.incident.response.Chronicle;
import dev.nines.incident.response.Chronicle.Note;
import dev.nines.incident.response.Incident;
import dev.nines.incident.response.IncidentRows;
import dev.nines.incident.response.IncidentState;
import dev.nines.incident.response.Incidents;
import dev.nines.incident.response.Incidents.Deadline;
import dev.nines.journal.Delivery;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.OutboxHandler;
import dev.nines.journal.Outcome;
import dev.nines.journal.Sql;
import dev.nines.objectives.ChangeEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Drains lane {@link Incidents#SUSPECT}: a while after the page, when the spans are stored, those
 * who were told get the figures of the change that came before. The page itself waits for nothing.
 */
public final class Suspects implements OutboxHandler {

  /** With the default of 15 s: until three minutes after the page. */
  private static final int ATTEMPTS_MAX = 12;

  private static final String ADVICE = "advice: ";

  private final Journal journal;
  private final Evidence evidence;
  private final PageOrders pages;
  private final Chronicle chronicle;
  private final Duration again;

  /**
   * @param again until stored spans are looked for once more
   */
  public Suspects(
      Journal journal, Evidence evidence, PageOrders pages, Chronicle chronicle, Duration again) {
    this.journal = journal;
    this.evidence = evidence;
    this.pages = pages;
    this.chronicle = chronicle;
    this.again = again;
  }

  /** An incident, and the changes that came before it; when it is asked. */
  private record Case(Incident incident, List<ChangeEvent> changes, Instant now) {}

  @Override
  public Outcome deliver(Delivery delivery) {
    Deadline what = Json.read(delivery.message().payload(), Deadline.class);
    Optional<Case> found = journal.transact(tx -> find(tx, what));
    if (found.isEmpty()) {
      return new Outcome.Delivered("the run is over");
    }
    return found.get().changes().isEmpty()
        ? new Outcome.Delivered("nothing changed before")
        : examine(found.get(), delivery);
  }

  @Override
  public void settle(Connection tx, Delivery delivery, Outcome outcome) throws SQLException {
    if (!(outcome instanceof Outcome.Delivered(String note)) || !note.startsWith(ADVICE)) {
      return;
    }
    Deadline what = Json.read(delivery.message().payload(), Deadline.class);
    Optional<Incident> incident = IncidentRows.find(tx, what.incident());
    if (incident.isPresent()) {
      String text = note.substring(ADVICE.length());
      Incident told = incident.get();
      pages.toldBefore(tx, told.tenant(), told.id(), what.run(), told.loop(), Event.UPDATE);
      chronicle.noted(tx, told, new Note(Incidents.SUSPECT, "evidence", text, Sql.now(tx)));
    }
  }

  private static Optional<Case> find(Connection tx, Deadline what) throws SQLException {
    Optional<Incident> incident =
        IncidentRows.find(tx, what.incident())
            .filter(each -> each.run() == what.run())
            .filter(each -> !(each.state() instanceof IncidentState.Resolved));
    return incident.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Case(incident.get(), RecentChanges.before(tx, incident.get()), Sql.now(tx)));
  }

  private Outcome examine(Case found, Delivery delivery) {
    Incident incident = found.incident();
    Instant burnedAt = incident.burned().policyTrueAt();
    if (incident.slo() == null) {
      return new Outcome.Delivered("of the platform itself");
    }
    Fact<List<ChangeShare>> shares =
        evidence.changes(
            new Evidence.Question(incident.slo(), incident.scopes(), from(incident), found.now()));
    return switch (shares) {
      case Fact.Known<List<ChangeShare>>(var known, _) ->
          likeliest(found, known)
              .filter(share -> share.badTotal() > 0)
              .map(Advice::of)
              .filter(advice -> advice.decided() || delivery.attempt() >= ATTEMPTS_MAX)
              .<Outcome>map(advice -> new Outcome.Delivered(ADVICE + advice.words(burnedAt)))
              .orElseGet(
                  () -> later(found, delivery, "the requests that are stored show nothing yet"));
      case Fact.Missing<List<ChangeShare>>(String reason, _) -> later(found, delivery, reason);
    };
  }

  /** A slow burn began long ago; what a change of half an hour did to it is in that half hour. */
  private static Instant from(Incident incident) {
    Instant firstBadAt = incident.burned().firstBadAt();
    Instant half = incident.burned().policyTrueAt().minus(RecentChanges.LOOK_BACK);
    return firstBadAt.isAfter(half) ? firstBadAt : half;
  }

  /** Evidence has the most suspicious first. */
  private static Optional<ChangeShare> likeliest(Case found, List<ChangeShare> shares) {
    Set<String> before = found.changes().stream().map(ChangeEvent::id).collect(Collectors.toSet());
    return shares.stream().filter(share -> before.contains(share.change().id())).findFirst();
  }

  /** At last those who were told hear that nothing is known, and of which change. */
  private Outcome later(Case found, Delivery delivery, String why) {
    if (delivery.attempt() < ATTEMPTS_MAX) {
      return new Outcome.Retry(again, why, false);
    }
    Instant burnedAt = found.incident().burned().policyTrueAt();
    return new Outcome.Delivered(
        "%sRollback undecided: %s. What its requests say is not known: %s."
            .formatted(ADVICE, RecentChanges.words(found.changes().getFirst(), burnedAt), why));
  }
}
