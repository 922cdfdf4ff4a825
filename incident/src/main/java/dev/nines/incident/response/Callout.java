// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.oncall.Duty;
import dev.nines.incident.oncall.Schedules;
import dev.nines.incident.oncall.Target;
import dev.nines.incident.oncall.Urgency;
import dev.nines.incident.oncall.User;
import dev.nines.incident.oncall.User.Contact;
import dev.nines.incident.oncall.Users;
import dev.nines.incident.paging.PageOrder;
import dev.nines.incident.paging.PageOrder.Event;
import dev.nines.incident.paging.PageOrders;
import dev.nines.incident.paging.PagingMetrics;
import dev.nines.incident.response.Chronicle.Note;
import dev.nines.incident.response.EscalationState.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Turns a target into pages: who has the duty is asked at the instant of the step. */
final class Callout {

  private static final String ACTOR = "paging";

  private final PageOrders pages;
  private final Chronicle chronicle;
  private final PagingMetrics metrics;

  Callout(PageOrders pages, Chronicle chronicle, PagingMetrics metrics) {
    this.pages = pages;
    this.chronicle = chronicle;
    this.metrics = metrics;
  }

  /** False when the target reaches nobody, which is told. */
  boolean order(
      Connection tx, Incident incident, Position at, Target target, Urgency urgency, Instant now)
      throws SQLException {
    return switch (target.kind()) {
      case EVERY_CHANNEL -> pages.all(tx, incident.tenant(), page(incident, at)) > 0;
      case CHANNEL -> channel(tx, incident, at, target.name(), now);
      case USER -> user(tx, incident, at, target.name(), urgency, now);
      case SCHEDULE -> schedule(tx, incident, at, target.name(), urgency, now);
    };
  }

  /** False when the tenant has no fallback, or it was told of this step before. */
  boolean fallback(Connection tx, Incident incident, Position at) throws SQLException {
    return pages.fallback(tx, incident.tenant(), page(incident, at)).isPresent();
  }

  private boolean channel(Connection tx, Incident incident, Position at, String name, Instant now)
      throws SQLException {
    boolean known = pages.one(tx, incident.tenant(), page(incident, at).to("", name));
    if (!known) {
      miss(tx, incident, "unreachable_channel", "There is no channel " + name, now);
    }
    return known;
  }

  private boolean schedule(
      Connection tx, Incident incident, Position at, String name, Urgency urgency, Instant now)
      throws SQLException {
    return switch (Schedules.duty(tx, incident.tenant(), name, now)) {
      case Duty.OnCall(String user, String by) -> user(tx, incident, at, user, urgency, now);
      case Duty.Gap(String reason) -> {
        String text = "Nobody is on call in schedule %s: %s".formatted(name, reason);
        miss(tx, incident, "oncall_gap", text, now);
        yield false;
      }
    };
  }

  private boolean user(
      Connection tx, Incident incident, Position at, String name, Urgency urgency, Instant now)
      throws SQLException {
    Optional<User> user = Users.find(tx, incident.tenant(), name);
    boolean reached = false;
    if (user.isPresent()) {
      for (Contact contact : user.get().contacts(urgency)) {
        PageOrder order = page(incident, at).to(name, contact.channel());
        reached |=
            contact.after().isZero()
                ? pages.one(tx, incident.tenant(), order)
                : pages.later(tx, incident.tenant(), order, now.plus(contact.after()));
      }
    }
    if (!reached) {
      String text = "%s has no contact for a %s".formatted(name, urgency);
      miss(tx, incident, "unreachable_user", text, now);
    }
    return reached;
  }

  private void miss(Connection tx, Incident incident, String kind, String text, Instant now)
      throws SQLException {
    metrics.missed(kind);
    chronicle.noted(tx, incident, new Note(kind, ACTOR, text, now));
  }

  private static PageOrder page(Incident incident, Position at) {
    return new PageOrder(
        incident.id(), incident.run(), Event.TRIGGER, at.loop(), at.step(), "", "", false, false);
  }
}
