// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.TimeWindow;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.LiveTable;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Which definition of an SLO is in force at an instant. A repeat changes nothing. */
public final class Objectives {

  private static final JsonSerde<Generation> JSON = new JsonSerde<>(Generation.class);
  private static final int GENERATIONS_MAX = 256;

  private final Map<String, TreeMap<Long, Compiled>> byTenant = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  /** A reader of {@code control.objectives} that fills this. */
  LiveTable table(KafkaClients kafka) {
    return new LiveTable(
        kafka,
        ObjectiveTopics.OBJECTIVES,
        record -> {
          if (record.value() != null) {
            add(JSON.read(record.value()));
          }
        });
  }

  /** Grows with each generation that arrives. */
  long version() {
    return version.get();
  }

  void add(Generation generation) {
    byTenant.compute(
        generation.tenant(),
        (tenant, before) -> {
          TreeMap<Long, Compiled> after = before == null ? new TreeMap<>() : new TreeMap<>(before);
          if (after.containsKey(generation.number())) {
            return after;
          }
          after.put(generation.number(), compile(generation, after));
          while (after.size() > GENERATIONS_MAX) {
            after.pollFirstEntry();
          }
          return after;
        });
    version.incrementAndGet();
  }

  /** Empty while the generation has not arrived, or when the SLO is gone. */
  Optional<Definition> inForce(SloId id, long atMillis) {
    @Nullable TreeMap<Long, Compiled> generations = byTenant.get(id.tenant());
    if (generations == null) {
      return Optional.empty();
    }
    for (Compiled compiled : generations.descendingMap().values()) {
      if (compiled.effectiveMillis <= atMillis) {
        return Optional.ofNullable(compiled.byId.get(id));
      }
    }
    return Optional.empty();
  }

  /** The last definition that a line had. */
  Optional<Definition> last(SloId id, long line) {
    @Nullable TreeMap<Long, Compiled> generations = byTenant.get(id.tenant());
    return generations == null
        ? Optional.empty()
        : generations.descendingMap().values().stream()
            .flatMap(compiled -> Optional.ofNullable(compiled.byId.get(id)).stream())
            .filter(definition -> definition.slo().line() == line)
            .findFirst();
  }

  private static Compiled compile(Generation generation, TreeMap<Long, Compiled> known) {
    long effective = generation.effectiveFrom().toEpochMilli();
    Map.@Nullable Entry<Long, Compiled> before = known.lowerEntry(generation.number());
    Map<SloId, Definition> byId = new HashMap<>();
    for (Slo slo : generation.slos()) {
      byId.put(slo.id(), Definition.of(slo, generation.number(), since(slo, effective, before)));
    }
    generation.slos().forEach(slo -> compose(slo, byId));
    return new Compiled(effective, byId);
  }

  /** A composite and its components have the same windows: they are moved through time together. */
  private static void compose(Slo slo, Map<SloId, Definition> byId) {
    if (!(slo.indicator() instanceof CompositeIndicator composite)) {
      return;
    }
    List<SloId> ids =
        composite.names().stream().map(name -> new SloId(slo.id().tenant(), name)).toList();
    Set<TimeWindow> windows = new LinkedHashSet<>(known(slo.id(), byId).windows());
    ids.forEach(id -> windows.addAll(known(id, byId).windows()));
    ids.forEach(id -> byId.put(id, known(id, byId).over(windows)));
    List<Definition> parts = ids.stream().map(id -> known(id, byId)).toList();
    byId.put(slo.id(), known(slo.id(), byId).over(windows).composedOf(parts));
  }

  private static Definition known(SloId id, Map<SloId, Definition> byId) {
    Definition found = byId.get(id);
    if (found == null) {
      throw new IllegalStateException("a generation has a composite without its " + id);
    }
    return found;
  }

  /** Start of the SLO's line: also known when the generation that began it is forgotten. */
  private static long since(
      Slo slo, long effective, Map.@Nullable Entry<Long, Compiled> predecessor) {
    Definition before = predecessor == null ? null : predecessor.getValue().byId.get(slo.id());
    return before == null || before.slo().line() != slo.line()
        ? effective
        : Math.min(effective, before.measuredFromMillis());
  }

  private record Compiled(long effectiveMillis, Map<SloId, Definition> byId) {}
}
