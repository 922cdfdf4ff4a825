// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import dev.nines.demo.truth.PolicyOracle.Events;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the platform must know: spans of acknowledged batches, and those of batches of unknown
 * outcome that the store turned out to have.
 */
public final class Truth {

  /** The scope that adds up all regions. */
  public static final String GLOBAL = "global";

  private final ShopLog log;
  private final Set<String> stored;
  private final List<Objective> objectives;

  /**
   * @param stored keys of the spans in the store
   */
  public Truth(ShopLog log, Set<String> stored, Path objectiveFolder) throws IOException {
    this.log = log;
    this.stored = stored;
    this.objectives = ObjectiveFiles.read(objectiveFolder);
  }

  /**
   * What an objective promises.
   *
   * @param tickets some of its policies open a ticket and page nobody
   */
  public record Goal(String slo, BigDecimal target, boolean tickets) {

    public static Goal of(String slo, BigDecimal target, List<Objective.Policy> policies) {
      return new Goal(slo, target, policies.stream().anyMatch(p -> !p.severity().equals("page")));
    }
  }

  /**
   * A known span that an objective selects.
   *
   * @param group of the objective's own; empty when it has none
   */
  public record Event(String slo, String group, SentSpan span, boolean bad) {

    private static Event of(Objective objective, SentSpan span) {
      boolean bad = objective.bad().test(span);
      return new Event(objective.name(), objective.groupOf(span), span, bad);
    }

    private Count count() {
      return one(bad);
    }
  }

  public List<Goal> goals() {
    return objectives.stream()
        .map(objective -> Goal.of(objective.name(), objective.target(), objective.policies()))
        .toList();
  }

  public Stream<Event> events() {
    return objectives.stream()
        .flatMap(
            objective ->
                log.spans().values().stream()
                    .filter(span -> objective.selects(span) && known(span))
                    .map(span -> Event.of(objective, span)));
  }

  /** Counts by objective, then by scope. */
  public Map<String, Map<String, Count>> counts() {
    Map<String, Map<String, Count>> counts = new TreeMap<>();
    objectives.forEach(objective -> counts.put(objective.name(), new TreeMap<>()));
    events()
        .forEach(
            event -> {
              Map<String, Count> scopes =
                  counts.computeIfAbsent(event.slo(), slo -> new TreeMap<>());
              scopes.merge(event.span().region(), event.count(), Count::plus);
              scopes.merge(GLOBAL, event.count(), Count::plus);
            });
    return counts;
  }

  /** Counts over all regions by objective, then by group, of the objectives that have groups. */
  public Map<String, Map<String, Count>> groups() {
    Map<String, Map<String, Count>> counts = new TreeMap<>();
    events()
        .filter(event -> !event.group().isEmpty())
        .forEach(
            event ->
                counts
                    .computeIfAbsent(event.slo(), slo -> new TreeMap<>())
                    .merge(event.group(), event.count(), Count::plus));
    return counts;
  }

  /** The earliest page of each objective for which any scope calls. */
  public List<DuePage> pages(Instant effectiveFrom) {
    List<DuePage> pages = new ArrayList<>();
    for (Objective objective : objectives) {
      DuePage.earliest(
              objective.name(),
              objective.target(),
              objective.policies(),
              arrivalsByScope(objective),
              effectiveFrom)
          .ifPresent(pages::add);
    }
    return pages;
  }

  /** It was acknowledged, or the store turned out to have it. */
  public boolean known(SentSpan span) {
    return log.acknowledged(span) || stored.contains(span.key());
  }

  private Map<String, List<PolicyOracle.Arrival>> arrivalsByScope(Objective objective) {
    Map<String, List<SentSpan>> byBatch =
        log.spans().values().stream()
            .filter(span -> objective.selects(span) && log.acknowledged(span))
            .collect(Collectors.groupingBy(SentSpan::batch));
    Map<String, List<PolicyOracle.Arrival>> scopes = new HashMap<>();
    byBatch.forEach(
        (id, spans) -> {
          Batch batch = log.batches().get(id);
          if (batch != null && batch.acknowledged() != null) {
            List<Events> events =
                spans.stream()
                    .map(span -> new Events(span.endNanos(), one(objective.bad().test(span))))
                    .toList();
            PolicyOracle.Arrival arrival = new PolicyOracle.Arrival(batch.acknowledged(), events);
            scopes.computeIfAbsent(batch.region(), region -> new ArrayList<>()).add(arrival);
            scopes.computeIfAbsent(GLOBAL, region -> new ArrayList<>()).add(arrival);
          }
        });
    return scopes;
  }

  private static Count one(boolean bad) {
    return new Count(bad ? 0 : 1, 1);
  }
}
