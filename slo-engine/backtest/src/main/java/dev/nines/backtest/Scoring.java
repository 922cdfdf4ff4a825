// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.backtest.history.Entry.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Alerts of one candidate and one severity beside what really happened, SLO by SLO.
 *
 * <p>A case is an incident and one SLO that it broke. It is detected when an alert about it is open
 * at some instant from its begin to its end and the grace: an alert of that SLO, of a region of the
 * incident or of all regions. Alerts of one SLO that are open at the same time are one, whatever
 * their policies and scopes: somebody is told once. Such an alert is true when a part of it is
 * about a case.
 */
final class Scoring {

  private final List<Incident> incidents;
  private final Duration grace;

  Scoring(List<Incident> incidents, Duration grace) {
    this.incidents = incidents;
    this.grace = grace;
  }

  /**
   * @param slo name of one SLO
   * @param alerts of that SLO
   */
  Score of(String slo, Collection<Alert> alerts) {
    List<Incident> cases =
        incidents.stream().filter(incident -> incident.slos().contains(slo)).toList();
    List<Duration> detections = new ArrayList<>();
    List<Duration> resets = new ArrayList<>();
    int open = 0;
    for (Incident each : cases) {
      List<Alert> about = alerts.stream().filter(alert -> about(alert, each)).toList();
      if (!about.isEmpty()) {
        detections.add(detection(about, each));
        Optional<Duration> reset = reset(about, each);
        reset.ifPresent(resets::add);
        open += reset.isEmpty() ? 1 : 0;
      }
    }
    List<List<Alert>> told = merged(alerts);
    int right =
        (int)
            told.stream()
                .filter(
                    parts ->
                        parts.stream()
                            .anyMatch(part -> cases.stream().anyMatch(each -> about(part, each))))
                .count();
    return new Score(1, told.size(), right, cases.size(), detections, resets, open);
  }

  private boolean about(Alert alert, Incident incident) {
    return incident.covers(alert.scope())
        && alert.touches(incident.begin(), incident.end().plus(grace));
  }

  /** From the begin to the first opening; nothing when one was open before. */
  private static Duration detection(List<Alert> about, Incident incident) {
    Instant first = about.stream().map(Alert::opened).min(Comparator.naturalOrder()).orElseThrow();
    return first.isBefore(incident.begin())
        ? Duration.ZERO
        : Duration.between(incident.begin(), first);
  }

  /** From the end to the last resolution; empty while one is open. Nothing when all came before. */
  private static Optional<Duration> reset(List<Alert> about, Incident incident) {
    if (about.stream().anyMatch(alert -> alert.resolved().isEmpty())) {
      return Optional.empty();
    }
    Instant last =
        about.stream()
            .map(alert -> alert.resolved().orElseThrow())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return Optional.of(
        last.isBefore(incident.end()) ? Duration.ZERO : Duration.between(incident.end(), last));
  }

  private static List<List<Alert>> merged(Collection<Alert> alerts) {
    List<List<Alert>> groups = new ArrayList<>();
    Instant end = Instant.MIN;
    for (Alert alert : alerts.stream().sorted(Comparator.comparing(Alert::opened)).toList()) {
      if (groups.isEmpty() || alert.opened().isAfter(end)) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(alert);
      Instant over = alert.resolved().orElse(Instant.MAX);
      end = over.isAfter(end) ? over : end;
    }
    return groups;
  }
}
