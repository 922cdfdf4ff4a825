// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.incident.paging.PageLog;
import dev.nines.incident.paging.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An incident as the API shows it.
 *
 * @param state triggered, acknowledged, resolved
 * @param note what whoever answers should know of its state; absent when nothing
 * @param slo absent when the platform itself is ill
 * @param timeline in a single incident only
 * @param pages in a single incident only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IncidentView(
    String id,
    String title,
    String summary,
    @Nullable String note,
    @Nullable String slo,
    String severity,
    String state,
    Instant stateAt,
    String stateBy,
    int run,
    int loop,
    Instant openedAt,
    @Nullable Instant acknowledgedAt,
    @Nullable Instant resolvedAt,
    Instant firstBadAt,
    Instant policyTrueAt,
    List<Condition> conditions,
    @Nullable List<Timeline.Row> timeline,
    @Nullable List<PageLog.Attempt> pages) {

  static IncidentView of(
      Incident incident,
      @Nullable List<Timeline.Row> timeline,
      @Nullable List<PageLog.Attempt> pages) {
    return new IncidentView(
        incident.id(),
        Summary.title(incident),
        Summary.of(incident),
        note(incident),
        incident.slo() == null ? null : incident.slo().toString(),
        incident.severity().name().toLowerCase(Locale.ROOT),
        incident.state().kind().name().toLowerCase(Locale.ROOT),
        incident.state().at(),
        incident.state().by(),
        incident.run(),
        incident.loop(),
        incident.openedAt(),
        incident.acknowledgedAt(),
        incident.state() instanceof IncidentState.Resolved(Instant at, String by) ? at : null,
        incident.burned().firstBadAt(),
        incident.burned().policyTrueAt(),
        incident.conditions(),
        timeline,
        pages);
  }

  /** Paging follows conditions that begin: one that goes on after the end tells nobody. */
  private static @Nullable String note(Incident incident) {
    List<String> open =
        incident.conditions().stream()
            .filter(Condition::open)
            .map(condition -> condition.alertName() + " in " + condition.scope())
            .distinct()
            .sorted()
            .toList();
    return incident.state() instanceof IncidentState.Resolved && !open.isEmpty()
        ? "Still firing: %s. The incident stays resolved and silent until one of its conditions fires anew."
            .formatted(String.join(", ", open))
        : null;
  }
}
