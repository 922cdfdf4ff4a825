// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.SloId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of one SLO in all its regions: what one task knows of it. That of a composite counts
 * nothing itself: it has the regions of its components, and is judged when they are.
 */
final class Line {

  private final SloId slo;
  private final long number;
  private final Chunks chunks;
  private final boolean component;
  private final Map<String, RegionCounts> regions = new TreeMap<>();
  private final Map<String, Alert> alerts = new HashMap<>();
  private final Map<String, Long> resolved = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private final Set<String> partial = new HashSet<>();
  private final Map<String, Vanishing> vanishings = new HashMap<>();
  private final Map<String, Traffic> traffic = new HashMap<>();
  private List<Line> parts = List.of();
  private boolean partOfCounters;
  private long atMillis;
  private long judgedTo = Long.MIN_VALUE;
  private Optional<Rung> period = Optional.empty();
  private boolean known;
  private boolean waits;
  private long askedAt = -1;
  private @Nullable LineSlices slices;

  Line(SloId slo, long number, Chunks chunks) {
    this.slo = slo;
    this.number = number;
    this.chunks = chunks;
    this.component = slo.isComponent();
  }

  SloId slo() {
    return slo;
  }

  long number() {
    return number;
  }

  /** Of an SLO that is a component of a composite. */
  boolean component() {
    return component;
  }

  /** Those of a composite's components; else none. */
  List<Line> parts() {
    return parts;
  }

  /**
   * @param ofCounters one of them is a ratio of counters, also while it counted nothing yet
   */
  void parts(List<Line> lines, boolean ofCounters) {
    parts = List.copyOf(lines);
    partOfCounters = ofCounters;
    if (!ofCounters) {
      parts.forEach(part -> part.advanceAlone(part.touchedAt()));
    }
  }

  Line part(SloId component) {
    return parts.stream().filter(part -> part.slo.equals(component)).findFirst().orElseThrow();
  }

  /** What is judged at one instant: components before their composite. */
  List<Line> together() {
    return Stream.concat(parts.stream(), Stream.of(this)).toList();
  }

  /** Instant of the evaluation, also of components; never goes back. */
  long advanceTo(long millis) {
    atMillis = Math.max(atMillis, millis);
    parts.forEach(part -> atMillis = Math.max(atMillis, part.atMillis));
    parts.forEach(part -> part.atMillis = atMillis);
    return atMillis;
  }

  /** The instant of a composite that is out of force; its components may be another's. */
  long advanceAlone(long millis) {
    atMillis = Math.max(atMillis, millis);
    return atMillis;
  }

  long atMillis() {
    return atMillis;
  }

  RegionCounts region(String region) {
    return regions.computeIfAbsent(
        region, name -> new RegionCounts(new BudgetKey(slo, number, name), chunks));
  }

  void put(RegionCounts counts) {
    regions.put(counts.key().region(), counts);
  }

  /** Of a composite, those of each component: a region stands there as often. */
  Collection<RegionCounts> regions() {
    return parts.isEmpty()
        ? regions.values()
        : parts.stream().flatMap(part -> part.regions.values().stream()).toList();
  }

  Set<String> regionNames() {
    return regions().stream()
        .map(counts -> counts.key().region())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The progress of a region's track covers counts of this line. */
  boolean counts(String region, boolean series) {
    if (!parts.isEmpty()) {
      return parts.stream().anyMatch(part -> part.counts(region, series));
    }
    RegionCounts counts = regions.get(region);
    return counts != null && counts.series() == series;
  }

  List<RegionCounts> only(String region) {
    return parts.isEmpty()
        ? List.of(region(region))
        : regions().stream().filter(counts -> counts.key().region().equals(region)).toList();
  }

  /** Open alerts by scope and policy name. */
  Map<String, Alert> alerts() {
    return alerts;
  }

  /** That of a policy, where it is open. */
  @Nullable Alert alert(String scope, String policy) {
    return alerts.isEmpty() ? null : alerts.get(alertKey(scope, policy));
  }

  /** Instants of the last resolutions by scope and policy name, while hindsight may ask. */
  Map<String, Long> resolved() {
    return resolved;
  }

  /** Scopes whose traffic vanished, and those where it came back in the last eight days. */
  Map<String, Vanishing> vanishings() {
    return vanishings;
  }

  /** End of the last minutes that all regions were judged by without waiting for one, seconds. */
  long judgedTo() {
    return judgedTo;
  }

  void judgedTo(long seconds) {
    judgedTo = seconds;
  }

  /** What each scope's last judged minutes had; not stored. */
  Map<String, Traffic> traffic() {
    return traffic;
  }

  /** Some alert needs to be looked at. */
  boolean alerted() {
    return !alerts.isEmpty() || vanishings.values().stream().anyMatch(Vanishing::open);
  }

  /**
   * An alert is open, or told what it had to tell about a boundary; one that is judged late
   * resolves a millisecond before it.
   */
  boolean told(String scope, String policy, long boundaryMillis) {
    String key = alertKey(scope, policy);
    return alerts.containsKey(key) || boundaryMillis - 1 <= resolved.getOrDefault(key, -1L);
  }

  static String alertKey(String scope, String policy) {
    return scope + '/' + policy;
  }

  /** Judged to where its regions are complete, not to now: a ratio of counters, or slices. */
  boolean judgedLate() {
    return slices != null || partOfCounters || held();
  }

  /** A ratio of counters: its counts are held back until they are complete. */
  boolean held() {
    for (RegionCounts counts : regions.values()) { // asked of all lines each tick
      if (counts.judgedLate()) {
        return true;
      }
    }
    return parts.stream().anyMatch(Line::held);
  }

  /** Of a budget that slices spend. */
  Optional<LineSlices> slices() {
    return Optional.ofNullable(slices);
  }

  void slices(LineSlices counted) {
    slices = counted;
    known = true;
  }

  /** No definition of it was seen, and there may be one since it asked last. */
  boolean asks(long version) {
    boolean asks = !known && version != askedAt;
    askedAt = version;
    return asks;
  }

  /** Some slice with events is to be judged. */
  boolean pending() {
    return slices != null && slices.pending();
  }

  void known(Definition definition) {
    known = true;
    period = Optional.of(definition.period());
    waits |= definition.slo().policies().stream().anyMatch(BurnPolicy::waits);
  }

  /** Some policy of some definition must hold for a while before it fires, or has waited. */
  boolean waits() {
    return waits;
  }

  void waits(boolean some) {
    waits = some;
  }

  /**
   * A record came that is a part of what a task counted at once, or its last part. They come within
   * one transaction; which are still to come is not stored.
   */
  void part(String task, boolean more) {
    if (more) {
      partial.add(task);
    } else {
      partial.remove(task);
    }
  }

  /** A task counted more at once than has come of it. */
  boolean partial() {
    return !partial.isEmpty();
  }

  /** Rung of its period; empty while no definition is known: it may need any. */
  Optional<Rung> period() {
    return period;
  }

  /** A calendar began another period since the line was evaluated last. */
  boolean begins(Definition definition, long atMillis) {
    return definition.slo().period() instanceof CalendarWindow calendar
        && calendar.fromMillis(atMillis) > this.atMillis;
  }

  /** A window that can page has a bad event. */
  boolean failing(Definition definition) {
    return definition.slo().policies().stream()
        .map(BurnPolicy::shortTimeWindow)
        .anyMatch(window -> regions().stream().anyMatch(r -> r.bad(window) > 0));
  }

  /** Back-filled from there on; {@link Long#MAX_VALUE} where nothing was. */
  long pastFromMillis() {
    long first = Long.MAX_VALUE;
    for (RegionCounts region : regions.values()) { // asked for each count
      first = Math.min(first, region.pastFromMillis());
    }
    return first;
  }

  /** After a restart: its last evaluation was then, whatever came since. */
  void resumeAt(long millis) {
    atMillis = millis;
  }

  /** No region that ever reported can bring what hindsight would judge at an instant. */
  boolean over(long millis, Regions all) {
    if (!parts.isEmpty()) {
      return parts.stream().allMatch(part -> part.over(millis, all));
    }
    boolean series = regions.values().stream().anyMatch(RegionCounts::series);
    return judgedLate() ? all.allComplete(millis, series) : all.allReached(millis, series);
  }

  List<String> tracks() {
    return regions().stream().map(RegionCounts::track).toList();
  }

  /** Regions with new counts since they were last shown; those of components are a composite's. */
  Set<String> changed() {
    return parts.isEmpty()
        ? changed
        : parts.stream().flatMap(part -> part.changed.stream()).collect(Collectors.toSet());
  }

  void shown() {
    changed.clear();
  }

  long touchedAt() {
    return regions().stream().mapToLong(RegionCounts::touchedAt).max().orElse(0);
  }
}
