// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.TimeWindow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Judges a boundary that the wall clock passed while a region was behind, once the region's
 * progress passes it too: all that was appended before is counted then. Opens what held there and
 * was not told; the next boundary of the wall clock freezes or resolves it.
 *
 * <p>A policy whose cells are no longer kept is not judged: a window that lost its oldest events
 * could page falsely.
 */
final class Hindsight {

  private final Regions regions;
  private final Alerts alerts;
  private final EvaluationMetrics metrics;

  Hindsight(Regions regions, Alerts alerts, EvaluationMetrics metrics) {
    this.regions = regions;
    this.alerts = alerts;
    this.metrics = metrics;
  }

  /**
   * The region, and all of them once the last that reports has passed the boundary. A region that
   * fell silent there judges only itself: the others went on, and were judged then. A composite of
   * spans and metrics waits for both tracks of the region.
   *
   * @param told by the region, whose track it is of
   * @param definition in force at the boundary
   * @param behind the wall clock passed it long before; else only what waits is judged
   */
  void judge(Line line, CompleteTo told, Definition definition, long boundary, boolean behind) {
    String region = told.region();
    line.slices()
        .ifPresent(slices -> slices.hearTo(line.region(region), Math.floorDiv(boundary, 1_000L)));
    List<RegionCounts> here = line.only(region);
    if (!passed(line, here, boundary)) {
      return;
    }
    judge(line, region, here, definition, boundary, behind);
    if (!regions.silentFrom(Regions.track(region, told.series()), boundary)
        && passed(line, line.regions(), boundary)) {
      judge(line, SloStatus.GLOBAL, line.regions(), definition, boundary, behind);
    }
  }

  private boolean passed(Line line, Collection<RegionCounts> counts, long boundary) {
    return counts.stream().allMatch(r -> regions.passed(r.track(), boundary, line.judgedLate()));
  }

  private void judge(
      Line line,
      String name,
      Collection<RegionCounts> counts,
      Definition definition,
      long boundary,
      boolean behind) {
    alerts.keepWaits(line, name, definition.slo());
    List<BurnPolicy> suspects =
        definition.slo().policies().stream()
            .filter(policy -> behind || policy.waits())
            .filter(policy -> !line.told(name, policy.name(), boundary))
            .filter(policy -> suspect(line, name, counts, definition, policy, boundary))
            .toList();
    if (suspects.isEmpty()) {
      return;
    }
    List<RegionCounts> past =
        counts.stream().map(r -> r.asOf(boundary, definition.windows())).toList();
    Optional<SliceSums> slices = line.slices().map(s -> s.sumsAsOf(name, definition, boundary));
    Scope scope = new Scope(name, past, definition, boundary, regions, slices);
    for (BurnPolicy policy : suspects) {
      boolean opened = alerts.openAsOf(line, scope, policy);
      if (behind) {
        metrics.hindsight.labels(opened ? "opened" : "good").inc();
      }
    }
  }

  /** Whether it can hold; what could and is not kept any more is not judged. */
  private boolean suspect(
      Line line,
      String name,
      Collection<RegionCounts> counts,
      Definition definition,
      BurnPolicy policy,
      long boundary) {
    boolean bad =
        line.slices()
            .map(s -> s.shortfallAsOf(name, policy.shortTimeWindow(), boundary) > 0)
            .orElseGet(() -> fails(counts, definition.least(policy), policy, boundary));
    if (!bad) {
      alerts.calm(line, name, policy);
    }
    return bad && (line.slices().isPresent() || kept(counts, policy, boundary));
  }

  /** Cheap, and enough for almost every line: see {@link Scope#holds}. */
  private boolean fails(
      Collection<RegionCounts> counts, Part least, BurnPolicy policy, long boundary) {
    TimeWindow window = policy.shortTimeWindow();
    return counts.stream().anyMatch(region -> region.failsAsOf(window, boundary, least));
  }

  private boolean kept(Collection<RegionCounts> counts, BurnPolicy policy, long boundary) {
    boolean kept =
        counts.stream()
            .allMatch(
                region ->
                    Rung.keeps(policy.longTimeWindow(), boundary, region.newestSlice())
                        && Rung.keeps(policy.shortTimeWindow(), boundary, region.newestSlice()));
    if (!kept) {
      metrics.hindsight.labels("forgotten").inc();
    }
    return kept;
  }
}
