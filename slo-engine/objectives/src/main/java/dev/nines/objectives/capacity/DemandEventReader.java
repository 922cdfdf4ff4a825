// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.capacity;

import dev.nines.objectives.openslo.Quantity;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code spec.events}. */
final class DemandEventReader {

  private static final Set<String> FIELDS =
      Set.of("name", "from", "to", "factor", "services", "regions");
  private static final int NAME_MAX = 80;
  private static final int NAMES_MAX = 50;
  private static final int SERVICE_MAX = 255;

  private DemandEventReader() {}

  static List<CapacityModel.Event> list(YamlValue value) {
    List<CapacityModel.Event> events = new ArrayList<>();
    CapacityModelReader.listOf(value, CapacityModelReader.EVENTS_MAX, "events")
        .orElse(List.of())
        .forEach(item -> item.map(FIELDS).flatMap(DemandEventReader::event).ifPresent(events::add));
    return List.copyOf(events);
  }

  private static Optional<CapacityModel.Event> event(YamlMap map) {
    Optional<String> name = map.require("name").flatMap(value -> value.text(NAME_MAX));
    Optional<Instant> from = map.require("from").flatMap(DemandEventReader::instant);
    Optional<Instant> to = map.require("to").flatMap(DemandEventReader::instant);
    Optional<BigDecimal> factor =
        map.require("factor").flatMap(value -> Quantity.decimal(value, "0.01", "1000"));
    Set<String> services = names(map, "services");
    Set<String> regions = names(map, "regions");
    if (name.isEmpty() || from.isEmpty() || to.isEmpty() || factor.isEmpty()) {
      return Optional.empty();
    }
    if (!from.get().isBefore(to.get())) {
      map.get("to").ifPresent(value -> value.refuse("order", "is not after from"));
    }
    return Optional.of(
        new CapacityModel.Event(
            name.get(), from.get(), to.get(), factor.get().doubleValue(), services, regions));
  }

  private static Optional<Instant> instant(YamlValue value) {
    Optional<String> text = value.text();
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException e) {
      value.refuse(
          "time", "'" + text.orElse("") + "' is no RFC 3339 time such as 2026-11-27T00:00:00Z");
      return Optional.empty();
    }
  }

  private static Set<String> names(YamlMap map, String key) {
    Set<String> names = new TreeSet<>();
    map.get(key)
        .flatMap(value -> CapacityModelReader.listOf(value, NAMES_MAX, key))
        .orElse(List.of())
        .forEach(item -> item.text(SERVICE_MAX).ifPresent(names::add));
    return names;
  }
}
