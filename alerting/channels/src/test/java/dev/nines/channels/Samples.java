// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import dev.nines.channels.Notification.Event;
import dev.nines.channels.Notification.Fact;
import dev.nines.channels.Notification.Link;
import dev.nines.channels.Notification.Severity;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Notifications that tests send. */
public final class Samples {

  public static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");

  /** Loopback, for servers of the test. */
  public static final NetworkRules.Gate OPEN = new NetworkRules.Gate(true, false, Set.of());

  private Samples() {}

  public static Notification notification(Event event) {
    return notification(event, "Checkout in eu-west-1 burns 36x", "{\"loop\":0}", "");
  }

  public static Notification notification(
      Event event, String summary, String details, String thread) {
    return new Notification(
        "42/1/" + event + "/0/0/on-call",
        event,
        "42",
        "nines-incident-42",
        Severity.PAGE,
        "Checkout <availability> & more",
        summary,
        "acme/checkout",
        "checkout",
        AT,
        List.of(new Fact("Regions", "eu-west-1"), new Fact("Burn", "36x > 10x")),
        List.of(new Link("Incident", URI.create("https://nines.example/i/42?a=1&b=2"))),
        details,
        thread,
        false);
  }

  public static Notification repeated(Notification n) {
    return new Notification(
        n.key(),
        n.event(),
        n.incident(),
        n.dedupKey(),
        n.severity(),
        n.title(),
        n.summary(),
        n.source(),
        n.component(),
        n.at(),
        n.facts(),
        n.links(),
        n.details(),
        n.thread(),
        true);
  }
}
