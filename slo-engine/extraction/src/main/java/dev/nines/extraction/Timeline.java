// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.telemetry.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tenant's generations in the order of their numbers; immutable. */
final class Timeline {

  static final Timeline EMPTY = new Timeline(List.of());
  private static final int GENERATIONS_MAX = 256;
  private static final Duration GRACE = Duration.ofDays(1);

  private final List<Entry> entries;

  private Timeline(List<Entry> entries) {
    this.entries = entries;
  }

  /** With one more generation; one that no slice can need any more is left out. */
  Timeline with(Generation generation) {
    Map<Slo, CompiledSlo> known = new HashMap<>();
    List<Entry> next = new ArrayList<>();
    for (Entry entry : entries) {
      entry.all.forEach(slo -> known.put(slo.slo(), slo));
      if (entry.number != generation.number()) {
        next.add(entry);
      }
    }
    next.add(Entry.of(generation, known));
    next.sort(Comparator.comparingLong(entry -> entry.number));
    while (next.size() > GENERATIONS_MAX || expired(next)) {
      next.removeFirst();
    }
    return new Timeline(List.copyOf(next));
  }

  /** SLOs that may select a span of this service whose end lies in this slice. */
  List<CompiledSlo> candidates(long sliceStartSeconds, Slice service) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (entry.effectiveSeconds <= sliceStartSeconds) {
        return entry.byService.getOrDefault(service, entry.ofAnyService);
      }
    }
    return List.of();
  }

  int size() {
    return entries.size();
  }

  private static boolean expired(List<Entry> entries) {
    if (entries.size() < 2) {
      return false;
    }
    long newest = entries.getLast().effectiveSeconds;
    long longest =
        entries.getFirst().all.stream()
            .mapToLong(slo -> slo.slo().period().toSeconds())
            .max()
            .orElse(0);
    return entries.get(1).effectiveSeconds < newest - longest - GRACE.toSeconds();
  }

  /** One generation, by service. Lists of a service end with those of any service. */
  private record Entry(
      long number,
      long effectiveSeconds,
      List<CompiledSlo> all,
      Map<Slice, List<CompiledSlo>> byService,
      List<CompiledSlo> ofAnyService) {

    static Entry of(Generation generation, Map<Slo, CompiledSlo> known) {
      List<CompiledSlo> all = new ArrayList<>();
      List<CompiledSlo> any = new ArrayList<>();
      Map<Slice, List<CompiledSlo>> byService = new HashMap<>();
      for (Slo slo : generation.slos()) {
        CompiledSlo compiled = known.computeIfAbsent(slo, CompiledSlo::new);
        all.add(compiled);
        String service = slo.indicator().service();
        (service.isEmpty() ? any : byService.computeIfAbsent(key(service), s -> new ArrayList<>()))
            .add(compiled);
      }
      byService.values().forEach(list -> list.addAll(any));
      return new Entry(
          generation.number(), generation.effectiveFrom().getEpochSecond(), all, byService, any);
    }

    private static Slice key(String service) {
      byte[] bytes = service.getBytes(UTF_8);
      Slice slice = new Slice();
      slice.set(bytes, 0, bytes.length);
      return slice;
    }
  }
}
