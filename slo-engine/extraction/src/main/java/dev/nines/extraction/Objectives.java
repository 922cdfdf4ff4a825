// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.LiveTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The generations of all tenants, compiled. An own reader fills it to the topic's end before the
 * topology starts; a repeat changes nothing.
 */
public final class Objectives {

  private static final JsonSerde<Generation> JSON = new JsonSerde<>(Generation.class);

  private final Map<String, Timeline> byTenant = new ConcurrentHashMap<>();

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

  void add(Generation generation) {
    byTenant.compute(
        generation.tenant(),
        (tenant, timeline) -> (timeline == null ? Timeline.EMPTY : timeline).with(generation));
  }

  Timeline of(String tenant) {
    return byTenant.getOrDefault(tenant, Timeline.EMPTY);
  }

  /** Some SLO counts metrics, or slices may still need one that did. */
  boolean countsMetrics() {
    return byTenant.values().stream().anyMatch(Timeline::countsMetrics);
  }

  int generations() {
    return byTenant.values().stream().mapToInt(Timeline::size).sum();
  }
}
