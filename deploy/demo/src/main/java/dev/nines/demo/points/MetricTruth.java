// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import dev.nines.demo.truth.Batch;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.MetricObjective;
import dev.nines.demo.truth.MetricObjective.Series;
import dev.nines.demo.truth.PolicyOracle.Arrival;
import dev.nines.demo.truth.PolicyOracle.Events;
import dev.nines.demo.truth.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the SLOs over metrics must count: points of acknowledged exports, and those of exports of
 * unknown outcome that the store turned out to have.
 */
public final class MetricTruth {

  private static final long CELL_SECONDS = 10;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final PointLog log;
  private final Set<String> stored;
  private final List<MetricObjective> objectives;
  private final Instant effectiveFrom;

  /**
   * @param stored keys of the points in the store
   * @param effectiveFrom when the objectives began to count
   */
  public MetricTruth(
      PointLog log, Set<String> stored, List<MetricObjective> objectives, Instant effectiveFrom) {
    this.log = log;
    this.stored = stored;
    this.objectives = objectives;
    this.effectiveFrom = effectiveFrom;
  }

  /**
   * What a point adds to an objective: one of a counter of failures takes good events away.
   *
   * @param count good may be negative, until the other half of a ratio is added
   */
  public record Addition(String slo, SentPoint point, Count count) {}

  /** What a region added to an objective at one time: never negative. */
  public record Sum(String slo, String region, long timeNanos, Count count) {}

  public List<Truth.Goal> goals() {
    return objectives.stream()
        .map(slo -> Truth.Goal.of(slo.name(), slo.target(), slo.policies()))
        .toList();
  }

  /** Counts by objective, then by scope. */
  public Map<String, Map<String, Count>> counts() {
    Map<String, Map<String, Count>> counts = new TreeMap<>();
    for (MetricObjective objective : objectives) {
      Map<String, Count> scopes = new TreeMap<>();
      for (Addition addition : additions(objective)) {
        scopes.merge(addition.point().region(), addition.count(), Count::plus);
        scopes.merge(Truth.GLOBAL, addition.count(), Count::plus);
      }
      counts.put(objective.name(), scopes);
    }
    return counts;
  }

  public Stream<Sum> sums() {
    return objectives.stream().flatMap(objective -> sums(objective).stream());
  }

  private List<Sum> sums(MetricObjective objective) {
    Map<List<Object>, Sum> sums = new HashMap<>();
    for (Addition addition : additions(objective)) {
      SentPoint point = addition.point();
      Sum one = new Sum(objective.name(), point.region(), point.timeNanos(), addition.count());
      sums.merge(
          List.of(point.region(), cell(point)),
          one,
          (a, b) -> new Sum(a.slo(), a.region(), a.timeNanos(), a.count().plus(b.count())));
    }
    return List.copyOf(sums.values());
  }

  /** The earliest page of each objective for which any scope calls. */
  public List<DuePage> pages() {
    List<DuePage> pages = new ArrayList<>();
    for (MetricObjective objective : objectives) {
      Map<String, List<Arrival>> arrivals = new HashMap<>();
      for (Map.Entry<List<String>, List<Addition>> group : groups(objective).entrySet()) {
        Arrival arrival = arrival(objective, group.getValue());
        String region = group.getValue().getFirst().point().region();
        arrivals.computeIfAbsent(region, scope -> new ArrayList<>()).add(arrival);
        arrivals.computeIfAbsent(Truth.GLOBAL, scope -> new ArrayList<>()).add(arrival);
      }
      DuePage.earliest(
              objective.name(), objective.target(), objective.policies(), arrivals, effectiveFrom)
          .ifPresent(pages::add);
    }
    return pages;
  }

  /**
   * What is judged together: a histogram with each export, a ratio of counters when a slice is
   * complete, because its halves come apart.
   */
  private Map<List<String>, List<Addition>> groups(MetricObjective objective) {
    Map<List<String>, List<Addition>> groups = new HashMap<>();
    for (Addition addition : additions(objective)) {
      SentPoint point = addition.point();
      if (log.acknowledged(point)) {
        String together = objective.bad().isPresent() ? Long.toString(cell(point)) : point.export();
        groups
            .computeIfAbsent(List.of(point.region(), together), group -> new ArrayList<>())
            .add(addition);
      }
    }
    return groups;
  }

  private Arrival arrival(MetricObjective objective, List<Addition> together) {
    SentPoint first = together.getFirst().point();
    Batch export = log.exports().get(first.export());
    Instant judged =
        objective.bad().isPresent() || export == null || export.acknowledged() == null
            ? Instant.ofEpochSecond(cell(first) + CELL_SECONDS)
            : export.acknowledged();
    List<Events> events =
        together.stream()
            .map(addition -> new Events(addition.point().timeNanos(), addition.count()))
            .toList();
    return new Arrival(judged, events);
  }

  private static long cell(SentPoint point) {
    return Math.floorDiv(point.timeNanos() / NANOS_PER_SECOND, CELL_SECONDS) * CELL_SECONDS;
  }

  private List<Addition> additions(MetricObjective objective) {
    List<Addition> additions = new ArrayList<>();
    for (Increment increment : Increments.of(known(), effectiveFrom)) {
      count(objective, increment)
          .ifPresent(
              count -> additions.add(new Addition(objective.name(), increment.point(), count)));
    }
    return additions;
  }

  private List<SentPoint> known() {
    return log.points().values().stream()
        .filter(point -> log.acknowledged(point) || stored.contains(point.key()))
        .toList();
  }

  private static Optional<Count> count(MetricObjective objective, Increment increment) {
    long events = increment.added().events();
    if (selects(objective.total(), increment.point())) {
      return Optional.of(
          objective.bad().isPresent()
              ? new Count(events, events)
              : increment.added().split(objective.threshold()));
    }
    return objective
        .bad()
        .filter(bad -> selects(bad, increment.point()))
        .map(bad -> new Count(-events, 0));
  }

  private static boolean selects(Series series, SentPoint point) {
    return series.metric().equals(point.metric())
        && (series.service().isEmpty() || series.service().equals(point.service()))
        && series.attributes().entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(point.attributes().get(wanted.getKey())));
  }
}
