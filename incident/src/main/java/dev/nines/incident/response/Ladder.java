// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.oncall.EscalationPolicy;
import dev.nines.incident.oncall.Policies;
import dev.nines.incident.oncall.Target;
import dev.nines.incident.oncall.Urgency;
import dev.nines.incident.paging.PagingMetrics;
import dev.nines.incident.response.Chronicle.Note;
import dev.nines.incident.response.EscalationState.Position;
import dev.nines.incident.response.Incidents.Deadline;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Goes up the steps of an incident's policy. The pages of a step, the incident's place and the
 * deadline that watches the pages are one transaction. A step that reaches nobody is passed at
 * once; when a whole round reaches nobody, the fallback is told.
 */
final class Ladder {

  private static final String ACTOR = "escalation";

  private final Outbox outbox;
  private final Callout callout;
  private final Chronicle chronicle;
  private final PagingMetrics metrics;
  private final ResponseSettings settings;

  Ladder(
      Outbox outbox,
      Callout callout,
      Chronicle chronicle,
      PagingMetrics metrics,
      ResponseSettings settings) {
    this.outbox = outbox;
    this.callout = callout;
    this.chronicle = chronicle;
    this.metrics = metrics;
    this.settings = settings;
  }

  /** A run begins: its policy is chosen, kept, and its first step done. */
  Incident begin(Connection tx, Incident incident, Instant now) throws SQLException {
    EscalationPolicy policy =
        Policies.of(tx, incident.tenant(), service(incident)).orElseGet(this::everyChannel);
    EscalationState state = new EscalationState(policy, 0, 0);
    return climb(tx, incident, state, new Position(0, 0), now);
  }

  /** The incident goes through a policy from its first step, in a loop of its own. */
  Incident restart(Connection tx, Incident incident, EscalationPolicy policy, Instant now)
      throws SQLException {
    int loop = incident.loop() + 1;
    return climb(tx, incident, new EscalationState(policy, loop, 0), new Position(loop, 0), now);
  }

  /** The next step, or the end of all. */
  Incident next(Connection tx, Incident incident, Instant now) throws SQLException {
    EscalationState state = state(tx, incident);
    return climb(tx, incident, state, state.next(state.position(incident)), now);
  }

  EscalationState state(Connection tx, Incident incident) throws SQLException {
    return EscalationRows.find(tx, incident)
        .orElseGet(() -> new EscalationState(everyChannel(), 0, 0));
  }

  /** Null for an incident of the platform itself. */
  static @Nullable String service(Incident incident) {
    return incident.conditions().stream()
        .flatMap(condition -> condition.service().stream())
        .findFirst()
        .orElse(null);
  }

  private Incident climb(
      Connection tx, Incident incident, EscalationState state, Position start, Instant now)
      throws SQLException {
    Urgency urgency = state.urgency(incident.severity());
    Position at = start;
    Position tried = start;
    for (int i = 0; i < state.policy().steps().size(); i++) {
      if (state.exhausted(at)) {
        return exhausted(tx, incident, state, at, now);
      }
      Incident there = stand(tx, incident, state, at);
      tried = at;
      at = state.next(at);
      boolean reached = false;
      for (Target target : state.at(tried).targets()) {
        reached |= callout.order(tx, there, tried, target, urgency, now);
      }
      if (reached) {
        watch(tx, there, state, tried, urgency, now);
        return there;
      }
    }
    return nobody(tx, incident, state, tried, urgency, now);
  }

  /** A whole round reached nobody; somebody may have the duty later. */
  private Incident nobody(
      Connection tx,
      Incident incident,
      EscalationState state,
      Position tried,
      Urgency urgency,
      Instant now)
      throws SQLException {
    Incident there = stand(tx, incident, state, tried);
    boolean fallback = callout.fallback(tx, there, tried);
    metrics.undeliverable("no_channel");
    String text =
        fallback
            ? "Nobody can be reached: the fallback is told"
            : "Nobody was told: there is nobody to reach, and no fallback channel";
    chronicle.noted(tx, there, new Note("undeliverable", "paging", text, now));
    watch(tx, there, state, tried, urgency, now);
    return there;
  }

  private Incident exhausted(
      Connection tx, Incident incident, EscalationState state, Position at, Instant now)
      throws SQLException {
    Incident there = stand(tx, incident, state, at);
    boolean told = callout.fallback(tx, there, at);
    metrics.undeliverable("exhausted");
    String text =
        "Nobody acknowledged; " + (told ? "the fallback is told" : "there is no fallback channel");
    chronicle.changed(tx, there, new Note("exhausted", ACTOR, text, now));
    return there;
  }

  private static Incident stand(
      Connection tx, Incident incident, EscalationState state, Position at) throws SQLException {
    Incident there = incident.withLoop(at.loop());
    IncidentRows.update(tx, there);
    EscalationRows.put(tx, there, state.standing(at));
    return there;
  }

  /** The deadline after the pages of a step; a ticket has none. */
  private void watch(
      Connection tx,
      Incident incident,
      EscalationState state,
      Position at,
      Urgency urgency,
      Instant now) {
    if (urgency == Urgency.PAGE) {
      Position next = state.next(at);
      Deadline deadline =
          new Deadline(incident.id(), incident.run(), next.loop(), next.step(), null);
      String key = "%s/%d/%d/%d".formatted(incident.id(), incident.run(), next.loop(), next.step());
      put(tx, key, deadline, now.plus(state.at(at).timeout()));
    }
  }

  /** Where the policy wants it: when an acknowledged incident must be resolved. */
  void watchAcknowledged(Connection tx, Incident incident) throws SQLException {
    EscalationState state = state(tx, incident);
    if (state.policy().acknowledgeTimeout() != null) {
      Instant at = incident.state().at();
      Deadline deadline =
          new Deadline(incident.id(), incident.run(), incident.loop(), state.step(), at);
      String key = "%s/%d/acknowledged/%s".formatted(incident.id(), incident.run(), at);
      put(tx, key, deadline, at.plus(state.policy().acknowledgeTimeout()));
    }
  }

  private void put(Connection tx, String key, Deadline deadline, Instant due) {
    String lane = Incidents.ESCALATION;
    outbox.put(tx, new OutboxMessage(lane, key, lane, "", Json.write(deadline), due));
  }

  EscalationPolicy everyChannel() {
    return EscalationPolicy.everyChannel(settings.ackTimeout(), settings.loops());
  }
}
