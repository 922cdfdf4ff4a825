// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.capacity;

import dev.nines.objectives.openslo.Quantity;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads one entry of {@code spec.services}. */
final class ServiceCapacityReader {

  private static final Set<String> FIELDS =
      Set.of("service", "requestsPerSecondPerUnit", "maxUtilisation", "startTime", "regions");
  private static final Set<String> UNITS = Set.of("units", "maxUnits");
  private static final String RATE_MAX = "1000000000";
  private static final int UNITS_MAX = 1_000_000;
  private static final int NAME_MAX = 255;

  private ServiceCapacityReader() {}

  /**
   * @param usual utilisation of services that name none; empty after a complaint
   * @param names taken by services before; gets this one's
   */
  static Optional<CapacityModel.Service> read(
      YamlValue item, Optional<BigDecimal> usual, Set<String> names) {
    Optional<YamlMap> fields = item.map(FIELDS);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = fields.get();
    Optional<String> name = map.require("service").flatMap(value -> value.text(NAME_MAX));
    if (name.isPresent() && !names.add(name.get())) {
      item.refuse("duplicate", "'" + name.get() + "' is declared before");
    }
    Optional<BigDecimal> rate =
        map.require("requestsPerSecondPerUnit")
            .flatMap(value -> Quantity.decimal(value, "0.001", RATE_MAX));
    Optional<BigDecimal> utilisation =
        map.has("maxUtilisation")
            ? map.get("maxUtilisation").flatMap(CapacityModelReader::utilisation)
            : usual;
    Optional<Duration> start =
        map.require("startTime")
            .flatMap(value -> Quantity.seconds(value, CapacityModelReader.TIME_MAX));
    Optional<Map<String, CapacityModel.Units>> regions =
        map.require("regions").flatMap(ServiceCapacityReader::regions);
    if (name.isEmpty()
        || rate.isEmpty()
        || utilisation.isEmpty()
        || start.isEmpty()
        || regions.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CapacityModel.Service(
            name.get(),
            rate.get().doubleValue(),
            utilisation.get().doubleValue(),
            start.get(),
            regions.get()));
  }

  private static Optional<Map<String, CapacityModel.Units>> regions(YamlValue value) {
    return CapacityModelReader.regionMap(value)
        .map(
            fields -> {
              Map<String, CapacityModel.Units> regions = new TreeMap<>();
              fields.forEach(
                  (region, entry) ->
                      entry.map(UNITS).ifPresent(map -> regions.put(region, units(map))));
              return regions;
            });
  }

  private static CapacityModel.Units units(YamlMap map) {
    map.require("units");
    int running = Quantity.whole(map, "units", 0, UNITS_MAX, 0);
    int most = Quantity.whole(map, "maxUnits", 0, UNITS_MAX, running);
    if (most < running) {
      map.get("maxUnits")
          .ifPresent(value -> value.refuse("order", most + " is below units, " + running));
    }
    return new CapacityModel.Units(running, most);
  }
}
