// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.capacity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.capacity.Evacuation.Steering;
import dev.nines.demo.stage.Api;
import dev.nines.demo.truth.ShopLog;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Asks the capacity API and counts again. */
public final class CapacityDesk {

  /** Answers have three digits. */
  private static final double ROUNDED = 0.000_51;

  private final Api api;
  private final Model model;
  private final List<String> regions;
  private final List<String> broken = new ArrayList<>();

  public CapacityDesk(Api api, Path model, List<String> regions) throws IOException {
    this.api = api;
    this.model = Model.of(Files.readString(model));
    this.regions = regions;
  }

  /**
   * The answer about one lost region, over the buckets of the run that are over.
   *
   * @param from the shop opened then
   */
  public CapacityResult ask(ShopLog log, Truth truth, Instant from) throws IOException {
    api.send("PUT", "/api/v1/capacity/models", "application/yaml", model.yaml());
    AskedFor asked = AskedFor.of(log.spans().values().stream().filter(truth::known));
    long first = floor(from);
    long end = floor(Instant.now());
    String range =
        "&step=10s&from=%s&to=%s"
            .formatted(Instant.ofEpochSecond(first), Instant.ofEpochSecond(end));
    int buckets = demand(asked, range, first, end);
    List<Long> all =
        LongStream.iterate(first, b -> b < end, b -> b + AskedFor.STEP_SECONDS).boxed().toList();
    List<CapacityResult.Need> needs = new ArrayList<>();
    JsonNode shown = evacuation(asked, all, range, Steering.PROPORTIONAL, needs);
    evacuation(asked, all, range, Steering.EVEN, new ArrayList<>());
    return new CapacityResult(
        model.name(),
        buckets,
        shown.path("holds").asBoolean(),
        shown.at("/binding/service").asText(),
        shown.at("/binding/region").asText(),
        needs,
        List.copyOf(broken));
  }

  private static long floor(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), AskedFor.STEP_SECONDS) * AskedFor.STEP_SECONDS;
  }

  /** Compares every bucket; how many there were. */
  private int demand(AskedFor asked, String range, long first, long end) throws IOException {
    Map<String, Long> told = new TreeMap<>();
    for (JsonNode series :
        api.get("/api/v1/capacity/demand?" + range.substring(1)).path("series")) {
      for (JsonNode point : series.path("points")) {
        long at = Instant.parse(point.path("at").asText()).getEpochSecond();
        told.put(
            name(series.path("service").asText(), series.path("region").asText(), at),
            point.path("requests").asLong());
      }
    }
    Map<String, Long> counted = new TreeMap<>();
    asked
        .counts()
        .forEach(
            (service, places) ->
                places.forEach(
                    (region, course) ->
                        course
                            .subMap(first, end)
                            .forEach(
                                (at, count) -> counted.put(name(service, region, at), count))));
    if (!told.equals(counted)) {
      broken.add("5 exact arithmetic: demand differs, such as " + difference(told, counted));
    }
    return counted.size();
  }

  private static String name(String service, String region, long at) {
    return "%s in %s at %s".formatted(service, region, Instant.ofEpochSecond(at));
  }

  private static String difference(Map<String, Long> told, Map<String, Long> counted) {
    TreeMap<String, Long> all = new TreeMap<>(told);
    all.putAll(counted);
    String first =
        all.keySet().stream()
            .filter(name -> !counted.getOrDefault(name, 0L).equals(told.getOrDefault(name, 0L)))
            .findFirst()
            .orElse("");
    return "%s: told %d, sent %d"
        .formatted(first, told.getOrDefault(first, 0L), counted.getOrDefault(first, 0L));
  }

  private JsonNode evacuation(
      AskedFor asked,
      List<Long> buckets,
      String range,
      Steering steering,
      List<CapacityResult.Need> needs)
      throws IOException {
    String word = steering.name().toLowerCase(Locale.ROOT);
    JsonNode answer =
        api.get(
            "/api/v1/capacity/evacuation?model=%s&lost=1&steering=%s%s"
                .formatted(model.name(), word, range));
    for (Model.Service service : model.services()) {
      Evacuation plan =
          new Evacuation(
              asked, regions, buckets, service.maxUtilisation(), model.retryAmplification());
      Map<String, Double> expected = plan.needs(service.name(), steering);
      JsonNode told = find(answer.path("services"), "service", service.name());
      expected.forEach(
          (region, need) ->
              same(
                  "%s steering, need of %s in %s".formatted(word, service.name(), region),
                  find(told.path("regions"), "region", region).path("need"),
                  need));
      double sum = expected.values().stream().mapToDouble(Double::doubleValue).sum();
      same("%s steering, need of %s".formatted(word, service.name()), told.path("need"), sum);
      needs.add(
          new CapacityResult.Need(
              service.name(),
              told.path("need").asDouble(),
              sum,
              told.path("needByPeaks").asDouble(),
              told.path("unitsMissing").asLong()));
    }
    return answer;
  }

  private static JsonNode find(JsonNode items, String field, String value) {
    for (JsonNode item : items) {
      if (item.path(field).asText().equals(value)) {
        return item;
      }
    }
    return items.path("missing");
  }

  private void same(String what, JsonNode told, double expected) {
    if (!told.isNumber() || Math.abs(told.asDouble() - expected) > ROUNDED) {
      broken.add(
          "capacity: %s is told as %s, by the shop's log it is %.3f"
              .formatted(what, told, expected));
    }
  }
}
