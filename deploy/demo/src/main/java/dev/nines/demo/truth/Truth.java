// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * A page that the policies of one objective call for.
   *
   * @param scope the first for which they do
   * @param factor of the policy
   */
  public record DuePage(
      String slo,
      String scope,
      BigDecimal factor,
      Instant earliest,
      Instant firstBadEvent,
      long clientDelayMillis,
      boolean owed) {}

  /**
   * What an objective promises.
   *
   * @param tickets some of its policies open a ticket and page nobody
   */
  public record Goal(String slo, BigDecimal target, boolean tickets) {}

  /** A known span that an objective selects. */
  public record Event(String slo, SentSpan span, boolean bad) {}

  public List<Goal> goals() {
    return objectives.stream()
        .map(
            objective ->
                new Goal(
                    objective.name(),
                    objective.target(),
                    objective.policies().stream().anyMatch(p -> !p.severity().equals("page"))))
        .toList();
  }

  public Stream<Event> events() {
    return objectives.stream()
        .flatMap(
            objective ->
                log.spans().values().stream()
                    .filter(span -> objective.selects(span) && known(span))
                    .map(span -> new Event(objective.name(), span, objective.bad().test(span))));
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
              Count one = new Count(event.bad() ? 0 : 1, 1);
              scopes.merge(event.span().region(), one, Count::plus);
              scopes.merge(GLOBAL, one, Count::plus);
            });
    return counts;
  }

  /** The earliest page of each objective for which any scope calls. */
  public List<DuePage> pages(Instant effectiveFrom) {
    List<DuePage> pages = new ArrayList<>();
    for (Objective objective : objectives) {
      earliest(objective, effectiveFrom).ifPresent(pages::add);
    }
    return pages;
  }

  /** It was acknowledged, or the store turned out to have it. */
  public boolean known(SentSpan span) {
    return log.acknowledged(span) || stored.contains(span.key());
  }

  private Optional<DuePage> earliest(Objective objective, Instant effectiveFrom) {
    List<DuePage> due = new ArrayList<>();
    arrivalsByScope(objective)
        .forEach(
            (scope, arrivals) -> {
              for (Objective.Policy policy : objective.policies()) {
                if (policy.severity().equals("page")) {
                  new PolicyOracle(objective, effectiveFrom)
                      .firstDue(policy, arrivals)
                      .ifPresent(found -> due.add(page(objective, scope, policy, found)));
                }
              }
            });
    boolean owed = due.stream().anyMatch(DuePage::owed);
    return due.stream()
        .filter(page -> page.owed() == owed)
        .min(Comparator.comparing(DuePage::earliest));
  }

  private static DuePage page(
      Objective objective, String scope, Objective.Policy policy, PolicyOracle.Due due) {
    Instant end = Instant.ofEpochSecond(0, due.lastEndNanos());
    return new DuePage(
        objective.name(),
        scope,
        policy.factor(),
        due.earliest(),
        Instant.ofEpochSecond(0, due.firstBadNanos()),
        due.earliest().toEpochMilli() - end.toEpochMilli(),
        due.lasted());
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
            PolicyOracle.Arrival arrival = new PolicyOracle.Arrival(batch.acknowledged(), spans);
            scopes.computeIfAbsent(batch.region(), region -> new ArrayList<>()).add(arrival);
            scopes.computeIfAbsent(GLOBAL, region -> new ArrayList<>()).add(arrival);
          }
        });
    return scopes;
  }
}
