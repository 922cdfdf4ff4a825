// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.channels.Notification;
import dev.nines.channels.Notification.Fact;
import dev.nines.channels.Notification.Link;
import dev.nines.incident.paging.PageBody.BurnView;
import dev.nines.incident.paging.PageOrder.Event;
import dev.nines.incident.response.Incident;
import dev.nines.journal.Json;
import dev.nines.objectives.BurnPolicy.Severity;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A page for people: what they want to know before they open anything. */
final class PageText {

  /** Burns, and scopes without traffic, that are listed; the others are in the incident. */
  private static final int BURNS_MAX = 4;

  private static final String PLATFORM = "nines";

  private PageText() {}

  static Notification of(
      Incident incident,
      PageOrder order,
      PageBody body,
      Known known,
      String thread,
      String publicUrl) {
    String slo = incident.slo() == null ? "" : incident.slo().name();
    return new Notification(
        order.key(),
        Notification.Event.valueOf(order.event().name()),
        incident.id(),
        incident.dedupKey(),
        incident.severity() == Severity.PAGE
            ? Notification.Severity.PAGE
            : Notification.Severity.TICKET,
        Summary.title(incident),
        body.summary(),
        incident.slo() == null ? PLATFORM : incident.slo().toString(),
        slo,
        incident.burned().policyTrueAt(),
        facts(incident, order, body, known),
        publicUrl.isEmpty() ? List.of() : links(body),
        Json.write(body),
        thread,
        body.mayBeRepeat());
  }

  private static List<Fact> facts(Incident incident, PageOrder order, PageBody body, Known known) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("State", body.state() + " by " + body.by()));
    facts.add(new Fact("Severity", body.severity()));
    facts.add(new Fact("Regions", String.join(", ", body.scopes())));
    facts.add(new Fact("First bad", minute(body.firstBadAt())));
    facts.add(new Fact("Changed", changes(body, known)));
    if (order.event() == Event.TRIGGER) {
      facts.add(new Fact("Advice", known.advice()));
    }
    Summary.relevant(incident).stream()
        .filter(condition -> condition.traffic() != null)
        .limit(BURNS_MAX)
        .map(gone -> new Fact("Traffic in " + gone.scope(), Summary.figures(gone)))
        .forEach(facts::add);
    body.burns().stream().limit(BURNS_MAX).forEach(burn -> facts.add(burn(burn)));
    if (body.loop() > 0) {
      facts.add(new Fact("Paged again", body.loop() + " times, nobody acknowledged"));
    }
    facts.add(new Fact("Tenant", incident.tenant()));
    return facts.stream().filter(fact -> !fact.value().isEmpty()).toList();
  }

  private static String changes(PageBody body, Known known) {
    return known.changes().stream()
        .map(change -> RecentChanges.words(change, body.policyTrueAt()))
        .collect(Collectors.joining("; "));
  }

  private static Fact burn(BurnView burn) {
    return new Fact(
        "Burn in " + burn.scope(),
        "%sx against %sx, %,d bad of %,d, %s %% of the budget spent"
            .formatted(
                Summary.rounded(burn.longBurn()),
                burn.factor().stripTrailingZeros().toPlainString(),
                burn.bad(),
                burn.total(),
                Summary.rounded(burn.budgetSpent().multiply(BigDecimal.valueOf(100)))));
  }

  private static List<Link> links(PageBody body) {
    return body.links().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(link -> new Link(capital(link.getKey()), URI.create(link.getValue())))
        .toList();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String minute(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
