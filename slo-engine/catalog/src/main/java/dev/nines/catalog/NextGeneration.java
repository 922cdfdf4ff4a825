// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.objectives.Budgeting.Occurrences;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.TimeWindow;
import dev.nines.objectives.openslo.SloDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The generation that follows a tenant's latest one. Pure.
 *
 * <p>An SLO keeps its line while its indicator is the same; otherwise the line is the new number:
 * its counts start anew. So they do when its period comes to begin between the hours, of which
 * there are only whole ones before, or longer than what is kept of each; when events or slices come
 * to spend its budget, or other slices; and when a period of slices grows, because those before are
 * forgotten.
 */
final class NextGeneration {

  /**
   * Of a tenant without an SLO. Never none: what extraction reads of a slice before it has the
   * definition would be counted neither by the line nor by its back-fill.
   */
  private static final Duration FIRST_LEAD = Duration.ofSeconds(5);

  private final String tenant;
  private final Optional<Generation> latest;
  private final Map<String, Slo> before = new TreeMap<>();

  NextGeneration(String tenant, Optional<Generation> latest) {
    this.tenant = tenant;
    this.latest = latest;
    latest.ifPresent(
        generation -> generation.slos().forEach(slo -> before.put(slo.id().name(), slo)));
  }

  /**
   * @param prune SLOs that are not defined here end
   */
  Generation with(
      Collection<SloDefinition> definitions, boolean prune, Instant now, Duration lead) {
    Map<String, Slo> after = prune ? new TreeMap<>() : new TreeMap<>(before);
    for (SloDefinition definition : definitions) {
      after.put(definition.name(), slo(definition));
    }
    return generation(after, now, lead);
  }

  Generation without(String name, Instant now, Duration lead) {
    Map<String, Slo> after = new TreeMap<>(before);
    after.remove(name);
    return generation(after, now, lead);
  }

  private Slo slo(SloDefinition definition) {
    Slo old = before.get(definition.name());
    return old != null && goesOn(old, definition)
        ? definition.of(tenant, old.line())
        : definition.of(tenant, number());
  }

  private static boolean goesOn(Slo old, SloDefinition now) {
    return old.indicator().equals(now.indicator())
        && old.budgeting().equals(now.budgeting())
        && (now.period().onHours() || !old.period().onHours())
        && (kept(now.period()) || !kept(old.period()))
        && (now.budgeting() instanceof Occurrences || !longer(old.period(), now.period()));
  }

  /** Of any SLO; of a longer period the time before was not kept. */
  private static boolean kept(TimeWindow period) {
    return period.longest().compareTo(TimeWindow.KEPT) <= 0;
  }

  private static boolean longer(TimeWindow old, TimeWindow now) {
    return now.longest().compareTo(old.longest()) > 0;
  }

  private Generation generation(Map<String, Slo> slos, Instant now, Duration lead) {
    return new Generation(tenant, number(), effectiveFrom(now, lead), List.copyOf(slos.values()));
  }

  private long number() {
    return latest.map(Generation::number).orElse(0L) + 1;
  }

  /** Soon while the tenant has no SLO; never before the generation that it follows. */
  private Instant effectiveFrom(Instant now, Duration lead) {
    Instant previous = latest.map(Generation::effectiveFrom).orElse(Instant.EPOCH);
    boolean none = before.isEmpty() && !previous.isAfter(now);
    Duration ahead = none && lead.compareTo(FIRST_LEAD) > 0 ? FIRST_LEAD : lead;
    Instant wanted = boundaryAfter(now.plus(ahead));
    return wanted.isBefore(previous) ? previous : wanted;
  }

  private static Instant boundaryAfter(Instant time) {
    Instant start = Instant.ofEpochSecond(Slices.startOf(time));
    return start.equals(time) ? start : start.plusSeconds(Slices.SECONDS);
  }
}
