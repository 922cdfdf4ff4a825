// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.alerts.AlertGroupEvent.Burn;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.alerts.AlertGroupEvent.Traffic;
import dev.nines.incident.response.Incident;
import dev.nines.objectives.ChangeEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told, as JSON: a webhook gets it as it is, others among their details.
 *
 * @param version of this form: 1
 * @param event trigger, acknowledge, resolve or update
 * @param incident its id
 * @param dedupKey the same in each event of one incident
 * @param severity page or ticket
 * @param summary one sentence
 * @param slo {@code tenant/name}; absent for an alert of the platform itself
 * @param scopes regions, or {@code global}, with an open alert
 * @param vanished scopes whose traffic is gone
 * @param state of the incident: triggered, acknowledged, resolved
 * @param by who brought it there
 * @param run grows when the incident reopens
 * @param loop grows when nobody acknowledged in time
 * @param step of the escalation, from 0
 * @param user who is meant; absent when the channel itself is
 * @param firstBadAt start of the earliest slice with a bad event
 * @param policyTrueAt acknowledgement of the batch that made the policy true
 * @param changes of the service shortly before, the newest first; absent when there were none
 * @param mayBeRepeat an earlier attempt of this very page may have arrived
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PageBody(
    int version,
    String event,
    String incident,
    String dedupKey,
    String tenant,
    String severity,
    String summary,
    @Nullable String slo,
    List<String> scopes,
    List<BurnView> burns,
    List<TrafficView> vanished,
    String state,
    String by,
    int run,
    int loop,
    int step,
    @Nullable String user,
    boolean fallback,
    Instant firstBadAt,
    Instant policyTrueAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ChangeView> changes,
    Map<String, String> links,
    boolean mayBeRepeat) {

  /** One burning policy in one scope. */
  record BurnView(
      String scope,
      String policy,
      String state,
      Duration longWindow,
      Duration shortWindow,
      BigDecimal factor,
      BigDecimal longBurn,
      BigDecimal shortBurn,
      long bad,
      long total,
      BigDecimal budgetSpent) {}

  /** Traffic of one scope: events of five minutes, and those that were expected in them. */
  record TrafficView(String scope, String state, long counted, long expected) {}

  /** Something that was done to the service, see {@link ChangeEvent}. */
  record ChangeView(
      String id, String kind, String service, String version, String region, Instant at) {}

  static PageBody of(
      Incident incident, PageOrder order, Known known, String publicUrl, boolean mayBeRepeat) {
    String link = publicUrl + "/api/v1/incidents/" + incident.id();
    return new PageBody(
        1,
        word(order.event()),
        incident.id(),
        incident.dedupKey(),
        incident.tenant(),
        word(incident.severity()),
        summary(incident, order, known),
        incident.slo() == null ? null : incident.slo().toString(),
        Summary.relevant(incident).stream().map(Condition::scope).distinct().toList(),
        Summary.relevant(incident).stream().flatMap(c -> view(c).stream()).toList(),
        Summary.relevant(incident).stream().flatMap(c -> traffic(c).stream()).toList(),
        word(incident.state().kind()),
        incident.state().by(),
        order.run(),
        order.loop(),
        order.step(),
        order.user().isEmpty() ? null : order.user(),
        order.fallback(),
        incident.burned().firstBadAt(),
        incident.burned().policyTrueAt(),
        known.changes().stream().map(PageBody::view).toList(),
        Map.of("incident", link, "postmortem", link + "/postmortem"),
        mayBeRepeat);
  }

  private static String summary(Incident incident, PageOrder order, Known known) {
    String summary = Summary.of(incident);
    return switch (order.event()) {
      case TRIGGER ->
          (order.fallback() ? "Others were not reached: " : "")
              + summary
              + changed(incident, known);
      case UPDATE -> known.advice();
      case ACKNOWLEDGE -> "Acknowledged by " + incident.state().by() + ": " + summary;
      case RESOLVE -> "Resolved by " + incident.state().by() + ": " + Summary.title(incident);
    };
  }

  private static String changed(Incident incident, Known known) {
    return known.changes().stream()
        .findFirst()
        .map(change -> "; " + RecentChanges.words(change, incident.burned().policyTrueAt()))
        .orElse("");
  }

  private static ChangeView view(ChangeEvent change) {
    return new ChangeView(
        change.id(),
        change.kind(),
        change.service(),
        change.version(),
        change.region(),
        change.at());
  }

  private static List<BurnView> view(Condition condition) {
    Burn burn = condition.burn();
    if (burn == null) {
      return List.of();
    }
    return List.of(
        new BurnView(
            condition.scope(),
            burn.policy().name(),
            word(condition.state()),
            burn.policy().longWindow(),
            burn.policy().shortWindow(),
            burn.policy().factor(),
            burn.longBurn(),
            burn.shortBurn(),
            burn.bad(),
            burn.total(),
            burn.budgetSpent()));
  }

  private static List<TrafficView> traffic(Condition condition) {
    Traffic traffic = condition.traffic();
    return traffic == null
        ? List.of()
        : List.of(
            new TrafficView(
                condition.scope(), word(condition.state()), traffic.counted(), traffic.expected()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
