// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.objectives.Budgeting.Occurrences;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.TimeWindow;
import dev.nines.objectives.openslo.SloDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The generation that follows a tenant's latest one. Pure.
 *
 * <p>An SLO keeps its line while its indicator is the same; otherwise the line is the new number:
 * its counts start anew. So they do when its period comes to begin between the hours, of which
 * there are only whole ones before, or longer than what is kept of each; when events or slices come
 * to spend its budget, or other slices; and when a period of slices grows, because those before are
 * forgotten. A composite keeps its line while its kind, its components and their weights are the
 * same, and each keeps its own.
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
    Map<String, Slo> defined = new TreeMap<>();
    for (SloDefinition definition : definitions) {
      if (!id(definition.name()).isComponent()) {
        forget(definition.name(), after);
      }
      defined.put(definition.name(), slo(definition));
    }
    defined.replaceAll((name, slo) -> composed(slo, defined));
    after.putAll(defined);
    return generation(after, now, lead);
  }

  Generation without(String name, Instant now, Duration lead) {
    Map<String, Slo> after = new TreeMap<>(before);
    forget(name, after);
    return generation(after, now, lead);
  }

  private Slo slo(SloDefinition definition) {
    Slo old = before.get(definition.name());
    return old != null && goesOn(old, definition)
        ? definition.of(tenant, old.line())
        : definition.of(tenant, number());
  }

  /** With its components, if it has any. */
  private void forget(String name, Map<String, Slo> slos) {
    slos.keySet().removeIf(each -> id(each).whole().name().equals(name));
  }

  /** A composite of which a component begins anew begins anew too. */
  private Slo composed(Slo slo, Map<String, Slo> defined) {
    boolean anew =
        slo.indicator() instanceof CompositeIndicator composite
            && composite.names().stream()
                .map(defined::get)
                .filter(Objects::nonNull)
                .anyMatch(component -> component.line() == number());
    return anew ? slo.of(number()) : slo;
  }

  private SloId id(String name) {
    return new SloId(tenant, name);
  }

  private static boolean goesOn(Slo old, SloDefinition now) {
    return same(old.indicator(), now.indicator())
        && old.budgeting().equals(now.budgeting())
        && summed(old.period(), now.period())
        && (now.budgeting() instanceof Occurrences || !longer(old.period(), now.period()));
  }

  /**
   * What the new period is summed from was kept: hours of a quarter are of any SLO, quarters of an
   * hour and a year of those whose period needs them.
   */
  private static boolean summed(TimeWindow old, TimeWindow now) {
    return (now.onHours() && kept(now))
        || (now.onHours() == old.onHours() && kept(now) == kept(old));
  }

  /** Of any SLO; of a longer period the time before was not kept. */
  private static boolean kept(TimeWindow period) {
    return period.longest().compareTo(TimeWindow.KEPT) <= 0;
  }

  /** The order in which components stand means nothing. */
  private static boolean same(Indicator old, Indicator now) {
    if (old instanceof CompositeIndicator before && now instanceof CompositeIndicator after) {
      return before.kind() == after.kind()
          && Set.copyOf(before.components()).equals(Set.copyOf(after.components()));
    }
    return old.equals(now);
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
