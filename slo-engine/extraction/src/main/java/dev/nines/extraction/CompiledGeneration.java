// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.telemetry.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One generation, spans by service and metrics by name. Lists of a service end with those of any
 * service.
 *
 * @param longestSeconds period of the longest budget
 * @param began when each line began, epoch seconds: also known when its first generation is
 *     forgotten
 */
record CompiledGeneration(
    long number,
    long effectiveSeconds,
    long longestSeconds,
    List<CompiledSlo> all,
    Map<Slice, List<CompiledSlo>> byService,
    List<CompiledSlo> ofAnyService,
    Map<Slice, List<MetricUse>> byMetric,
    Map<Line, Long> began) {

  /** A line of an SLO. */
  record Line(SloId slo, long number) {}

  static CompiledGeneration of(
      Generation generation,
      Map<Slo, CompiledSlo> known,
      Optional<CompiledGeneration> predecessor) {
    long effective = generation.effectiveFrom().getEpochSecond();
    Map<Line, Long> began = new HashMap<>();
    for (Slo slo : generation.slos()) {
      Line line = new Line(slo.id(), slo.line());
      long before = predecessor.map(entry -> entry.began.get(line)).orElse(effective);
      began.put(line, Math.min(effective, before));
    }
    List<CompiledSlo> all = spans(generation, known);
    List<CompiledSlo> any = all.stream().filter(slo -> slo.service().isEmpty()).toList();
    Map<Slice, List<CompiledSlo>> byService = new HashMap<>();
    for (CompiledSlo slo : all) {
      if (!slo.service().isEmpty()) {
        byService.computeIfAbsent(key(slo.service()), s -> new ArrayList<>()).add(slo);
      }
    }
    byService.values().forEach(list -> list.addAll(any));
    return new CompiledGeneration(
        generation.number(),
        effective,
        longest(generation),
        all,
        byService,
        any,
        metrics(generation, began),
        began);
  }

  private static long longest(Generation generation) {
    return generation.slos().stream()
        .mapToLong(slo -> slo.period().longest().toSeconds())
        .max()
        .orElse(0);
  }

  private static List<CompiledSlo> spans(Generation generation, Map<Slo, CompiledSlo> known) {
    List<CompiledSlo> spans = new ArrayList<>();
    for (Slo slo : generation.slos()) {
      if (slo.indicator() instanceof SpanIndicator indicator) {
        spans.add(known.computeIfAbsent(slo, s -> new CompiledSlo(s, indicator)));
      }
    }
    return spans;
  }

  private static Map<Slice, List<MetricUse>> metrics(Generation generation, Map<Line, Long> began) {
    Map<Slice, List<MetricUse>> byMetric = new HashMap<>();
    for (Slo slo : generation.slos()) {
      long since = began.getOrDefault(new Line(slo.id(), slo.line()), 0L);
      for (MetricUse use : MetricUse.of(slo, since)) {
        byMetric
            .computeIfAbsent(key(use.wanted().selection().metric()), metric -> new ArrayList<>())
            .add(use);
      }
    }
    return byMetric;
  }

  private static Slice key(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Slice slice = new Slice();
    slice.set(bytes, 0, bytes.length);
    return slice;
  }
}
