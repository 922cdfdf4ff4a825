// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.capacity;

import dev.nines.objectives.capacity.CapacityModel.Steering;
import dev.nines.objectives.openslo.Findings;
import dev.nines.objectives.openslo.Quantity;
import dev.nines.objectives.openslo.YamlDocuments;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads a capacity model as YAML or JSON: every mistake at once, each with its line. */
public final class CapacityModelReader {

  public static final int CHARACTERS_MAX = 256 << 10;

  /** Each service is a share of one query, and a reckoning over all its regions. */
  public static final int SERVICES_MAX = 50;

  public static final int REGIONS_MAX = 50;
  public static final int EVENTS_MAX = 100;

  static final Duration TIME_MAX = Duration.ofDays(30);

  private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "metadata", "spec");
  private static final Set<String> METADATA = Set.of("name", "displayName");
  private static final Set<String> SPEC =
      Set.of(
          "maxUtilisation",
          "retryAmplification",
          "evacuationTime",
          "steering",
          "shares",
          "services",
          "events");
  private static final List<String> STEERINGS =
      Arrays.stream(Steering.values()).map(Steering::word).toList();
  private static final String VERSION = "nines.dev/v1";
  private static final String KIND = "CapacityModel";
  private static final int NAME_MAX = 80;

  private CapacityModelReader() {}

  /**
   * @param file as violations name it
   */
  public static ParsedCapacityModel read(String file, String text) {
    Findings findings = new Findings(file);
    Optional<CapacityModel> model =
        YamlDocuments.one(
            text,
            CHARACTERS_MAX,
            findings,
            value -> value.map(OBJECT).flatMap(CapacityModelReader::object));
    return new ParsedCapacityModel(model, findings.violations());
  }

  private static Optional<CapacityModel> object(YamlMap object) {
    object.constant("apiVersion", VERSION);
    object.constant("kind", KIND);
    Optional<YamlMap> metadata = object.require("metadata").flatMap(value -> value.map(METADATA));
    Optional<String> name = metadata.flatMap(map -> map.require("name")).flatMap(YamlValue::label);
    Optional<String> shown =
        metadata.flatMap(map -> map.get("displayName")).flatMap(value -> value.text(NAME_MAX));
    return object
        .require("spec")
        .flatMap(value -> value.map(SPEC))
        .flatMap(spec -> body(spec, name.orElse(""), shown.or(() -> name).orElse("")));
  }

  private static Optional<CapacityModel> body(YamlMap spec, String name, String shown) {
    Optional<BigDecimal> utilisation =
        spec.require("maxUtilisation").flatMap(CapacityModelReader::utilisation);
    double retries = Quantity.decimal(spec, "retryAmplification", "0", "10", "0").doubleValue();
    Optional<Duration> evacuation =
        spec.require("evacuationTime").flatMap(value -> Quantity.seconds(value, TIME_MAX));
    Optional<Steering> steering =
        spec.require("steering").flatMap(value -> value.oneOf(STEERINGS)).flatMap(Steering::of);
    Optional<Map<String, Map<String, Double>>> shares = shares(spec, steering);
    Optional<List<CapacityModel.Service>> services =
        spec.require("services").flatMap(value -> services(value, utilisation));
    List<CapacityModel.Event> events =
        spec.get("events").map(DemandEventReader::list).orElse(List.of());
    if (evacuation.isEmpty() || steering.isEmpty() || shares.isEmpty() || services.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CapacityModel(
            name,
            shown,
            retries,
            evacuation.get(),
            steering.get(),
            shares.get(),
            services.get(),
            events));
  }

  static Optional<BigDecimal> utilisation(YamlValue value) {
    return Quantity.decimal(value, "0.01", "1");
  }

  private static Optional<List<CapacityModel.Service>> services(
      YamlValue value, Optional<BigDecimal> utilisation) {
    Optional<List<YamlValue>> items = listOf(value, SERVICES_MAX, "services");
    List<CapacityModel.Service> services = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlValue item : items.orElse(List.of())) {
      ServiceCapacityReader.read(item, utilisation, names).ifPresent(services::add);
    }
    return items.map(list -> List.copyOf(services));
  }

  /** 1 to {@code most} items. */
  static Optional<List<YamlValue>> listOf(YamlValue value, int most, String what) {
    Optional<List<YamlValue>> items = value.list();
    if (items.isPresent() && (items.get().isEmpty() || items.get().size() > most)) {
      value.refuse("length", "has %d %s; 1 to %d may be".formatted(items.get().size(), what, most));
      return Optional.empty();
    }
    return items;
  }

  private static Optional<Map<String, Map<String, Double>>> shares(
      YamlMap spec, Optional<Steering> steering) {
    Optional<YamlValue> value = spec.get("shares");
    boolean given = steering.filter(Steering.GIVEN::equals).isPresent();
    if (given && value.isEmpty()) {
      spec.refuse("shares", "required", "is required: steering is given");
    } else if (!given && value.isPresent() && steering.isPresent()) {
      value.get().refuse("unused", "means nothing: steering is " + steering.get().word());
    }
    if (value.isEmpty()) {
      return Optional.of(Map.of());
    }
    return regionMap(value.get())
        .map(
            rows -> {
              Map<String, Map<String, Double>> shares = new TreeMap<>();
              rows.forEach((lost, row) -> shares.put(lost, row(lost, row)));
              return shares;
            });
  }

  private static Map<String, Double> row(String lost, YamlValue value) {
    Map<String, Double> shares = new TreeMap<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<String, YamlValue> entry : regionMap(value).orElse(Map.of()).entrySet()) {
      if (entry.getKey().equals(lost)) {
        entry.getValue().refuse("itself", "a lost region cannot take its own traffic");
      }
      BigDecimal share = Quantity.decimal(entry.getValue(), "0", "1").orElse(BigDecimal.ZERO);
      sum = sum.add(share);
      shares.put(entry.getKey(), share.doubleValue());
    }
    if (sum.compareTo(BigDecimal.ONE) > 0) {
      value.refuse("sum", "shares sum to " + sum.toPlainString() + "; at most 1 may be");
    }
    return shares;
  }

  /** A map whose keys are regions. */
  static Optional<Map<String, YamlValue>> regionMap(YamlValue value) {
    Optional<Map<String, YamlValue>> fields = value.anyMap().map(YamlMap::fields);
    if (fields.isPresent() && (fields.get().isEmpty() || fields.get().size() > REGIONS_MAX)) {
      value.refuse(
          "length", "has %d regions; 1 to %d may be".formatted(fields.get().size(), REGIONS_MAX));
      return Optional.empty();
    }
    fields
        .orElse(Map.of())
        .forEach(
            (region, entry) -> {
              if (region.isBlank() || region.length() > NAME_MAX) {
                entry.refuse("length", "a region has 1 to " + NAME_MAX + " characters");
              }
            });
    return fields;
  }
}
