// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.demo.points.MetricTruth;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.Truth;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What really happened, by the shop's script and its own log: one incident for each fault that
 * fails requests, with the objectives that it broke. Late and repeated deliveries, and the region
 * that nobody could measure, broke none: whoever is alerted by them is alerted falsely.
 */
final class Labels {

  private static final Set<String> FAILING =
      Set.of("bad-deploy", "latency-regression", "payment-errors");

  /** Broken: where and while it lasted, bad events were this many times what the target allows. */
  private static final BigDecimal BROKEN_ABOVE = BigDecimal.TWO;

  private static final JsonMapper JSON = new JsonMapper();

  private final List<Event> events;
  private final Map<String, BigDecimal> targets = new TreeMap<>();

  private record Event(String slo, String region, long nanos, Count count) {}

  Labels(Truth truth, MetricTruth metrics) {
    Stream.concat(truth.goals().stream(), metrics.goals().stream())
        .forEach(goal -> targets.put(goal.slo(), goal.target()));
    this.events =
        Stream.concat(truth.events().map(Labels::event), metrics.sums().map(Labels::event))
            .toList();
  }

  /**
   * Lines as {@code slo record --labels} takes them.
   *
   * @param script the shop's {@code script.json}
   */
  List<String> lines(JsonNode script) {
    List<String> lines = new ArrayList<>();
    for (JsonNode fault : script.path("faults")) {
      List<String> broken = broken(fault);
      if (FAILING.contains(fault.path("kind").asText()) && !broken.isEmpty()) {
        ObjectNode line = JSON.createObjectNode().put("is", "incident");
        String region = fault.path("region").asText();
        line.put("name", fault.path("kind").asText() + " in " + region);
        line.put("begin", fault.path("start").asText()).put("end", fault.path("end").asText());
        broken.forEach(line.putArray("slos")::add);
        line.putArray("regions").add(region);
        lines.add(line.toString());
      }
    }
    return lines;
  }

  private List<String> broken(JsonNode fault) {
    long begin = nanos(fault.path("start"));
    long end = nanos(fault.path("end"));
    String region = fault.path("region").asText();
    Map<String, Count> counts = new HashMap<>();
    for (Event event : events) {
      if (event.region().equals(region) && begin <= event.nanos() && event.nanos() < end) {
        counts.merge(event.slo(), event.count(), Count::plus);
      }
    }
    return targets.entrySet().stream()
        .filter(goal -> broken(counts.getOrDefault(goal.getKey(), Count.NONE), goal.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean broken(Count count, BigDecimal target) {
    BigDecimal allowed =
        BigDecimal.ONE.subtract(target).multiply(BigDecimal.valueOf(count.total()));
    return BigDecimal.valueOf(count.bad()).compareTo(BROKEN_ABOVE.multiply(allowed)) > 0;
  }

  private static Event event(Truth.Event event) {
    Count count = new Count(event.bad() ? 0 : 1, 1);
    return new Event(event.slo(), event.span().region(), event.span().endNanos(), count);
  }

  private static Event event(MetricTruth.Sum sum) {
    return new Event(sum.slo(), sum.region(), sum.timeNanos(), sum.count());
  }

  private static long nanos(JsonNode instant) {
    Instant at = Instant.parse(instant.asText());
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
