// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.io.IOException;
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

  /** A page that the policies of one objective call for. */
  public record DuePage(
      String slo, Instant earliest, Instant firstBadEvent, long clientDelayMillis, boolean owed) {}

  public List<String> objectives() {
    return objectives.stream().map(Objective::name).toList();
  }

  /** Counts by objective, then by scope. */
  public Map<String, Map<String, Count>> counts() {
    Map<String, Map<String, Count>> counts = new TreeMap<>();
    for (Objective objective : objectives) {
      Map<String, Count> scopes = counts.computeIfAbsent(objective.name(), name -> new TreeMap<>());
      for (SentSpan span : log.spans().values()) {
        if (objective.selects(span) && known(span)) {
          Count one = new Count(objective.bad().test(span) ? 0 : 1, 1);
          scopes.merge(span.region(), one, Count::plus);
          scopes.merge(GLOBAL, one, Count::plus);
        }
      }
    }
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

  private boolean known(SentSpan span) {
    return log.acknowledged(span) || stored.contains(span.key());
  }

  private Optional<DuePage> earliest(Objective objective, Instant effectiveFrom) {
    List<DuePage> due = new ArrayList<>();
    for (List<PolicyOracle.Arrival> arrivals : arrivalsByScope(objective).values()) {
      for (Objective.Policy policy : objective.policies()) {
        if (policy.severity().equals("page")) {
          new PolicyOracle(objective, effectiveFrom)
              .firstDue(policy, arrivals)
              .ifPresent(found -> due.add(page(objective, found)));
        }
      }
    }
    boolean owed = due.stream().anyMatch(DuePage::owed);
    return due.stream()
        .filter(page -> page.owed() == owed)
        .min(Comparator.comparing(DuePage::earliest));
  }

  private static DuePage page(Objective objective, PolicyOracle.Due due) {
    Instant end = Instant.ofEpochSecond(0, due.lastEndNanos());
    return new DuePage(
        objective.name(),
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
