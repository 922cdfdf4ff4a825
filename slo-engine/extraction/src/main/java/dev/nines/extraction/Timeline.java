// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.telemetry.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tenant's generations in the order of their numbers; immutable. */
final class Timeline {

  static final Timeline EMPTY = new Timeline(List.of());
  private static final int GENERATIONS_MAX = 256;
  private static final Duration GRACE = Duration.ofDays(1);

  private final List<CompiledGeneration> entries;

  private Timeline(List<CompiledGeneration> entries) {
    this.entries = entries;
  }

  /** With one more generation; one that no slice can need any more is left out. */
  Timeline with(Generation generation) {
    Map<Slo, CompiledSlo> known = new HashMap<>();
    List<CompiledGeneration> next = new ArrayList<>();
    for (CompiledGeneration entry : entries) {
      entry.all().forEach(slo -> known.put(slo.slo(), slo));
      if (entry.number() != generation.number()) {
        next.add(entry);
      }
    }
    next.add(CompiledGeneration.of(generation, known, before(generation.number())));
    next.sort(Comparator.comparingLong(entry -> entry.number()));
    while (next.size() > GENERATIONS_MAX || expired(next)) {
      next.removeFirst();
    }
    return new Timeline(List.copyOf(next));
  }

  /** What SLOs may want of a series of this metric with a point in this slice. */
  List<MetricUse> uses(long sliceStartSeconds, Slice metric) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      CompiledGeneration entry = entries.get(i);
      if (entry.effectiveSeconds() <= sliceStartSeconds) {
        return entry.byMetric().getOrDefault(metric, List.of());
      }
    }
    return List.of();
  }

  /** An SLO over metrics is in one of the generations that slices may still need. */
  boolean countsMetrics() {
    return entries.stream().anyMatch(entry -> !entry.byMetric().isEmpty());
  }

  /** SLOs that may select a span of this service whose end lies in this slice. */
  List<CompiledSlo> candidates(long sliceStartSeconds, Slice service) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      CompiledGeneration entry = entries.get(i);
      if (entry.effectiveSeconds() <= sliceStartSeconds) {
        return entry.byService().getOrDefault(service, entry.ofAnyService());
      }
    }
    return List.of();
  }

  int size() {
    return entries.size();
  }

  /** The one before a number. */
  private Optional<CompiledGeneration> before(long number) {
    return entries.stream().filter(entry -> entry.number() < number).reduce((a, b) -> b);
  }

  private static boolean expired(List<CompiledGeneration> entries) {
    if (entries.size() < 2) {
      return false;
    }
    long newest = entries.getLast().effectiveSeconds();
    long longest = entries.getFirst().longestSeconds();
    return entries.get(1).effectiveSeconds() < newest - longest - GRACE.toSeconds();
  }
}
