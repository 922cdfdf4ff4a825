// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.shop.TestCollector.Answer;
import dev.nines.shop.TestCollector.Received;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Data points as the shop logged them and as a collector got them, each as one text. */
final class LoggedPoints {

  private LoggedPoints() {}

  /** Region, service, version, metric and times of the points of each logged export. */
  static Map<String, Set<String>> byExport(ShopRun shop) throws IOException {
    Map<String, Set<String>> points = new HashMap<>();
    for (JsonNode line : shop.lines("points.jsonl")) {
      String point =
          String.join(
              " ",
              line.path("region").asText(),
              line.path("service").asText(),
              line.path("version").asText(),
              line.path("metric").asText(),
              line.path("startNanos").asText(),
              line.path("timeNanos").asText());
      points.computeIfAbsent(line.path("export").asText(), e -> new HashSet<>()).add(point);
    }
    return points;
  }

  /** The same, from what the collector accepted. */
  static Set<String> accepted(TestCollector collector) throws IOException {
    Set<String> points = new HashSet<>();
    for (Received received : collector.metrics()) {
      if (received.answer() == Answer.ACCEPT) {
        for (ResourceMetrics resource :
            ExportMetricsServiceRequest.parseFrom(received.request().body())
                .getResourceMetricsList()) {
          resource
              .getScopeMetrics(0)
              .getMetricsList()
              .forEach(metric -> points.addAll(texts(resource.getResource(), metric)));
        }
      }
    }
    return points;
  }

  private static List<String> texts(Resource resource, Metric metric) {
    String name =
        String.join(
            " ",
            attribute(resource, "cloud.region"),
            attribute(resource, "service.name"),
            attribute(resource, "service.version"),
            metric.getName(),
            "");
    List<String> texts = new ArrayList<>();
    metric
        .getSum()
        .getDataPointsList()
        .forEach(p -> texts.add(name + p.getStartTimeUnixNano() + " " + p.getTimeUnixNano()));
    metric
        .getHistogram()
        .getDataPointsList()
        .forEach(p -> texts.add(name + p.getStartTimeUnixNano() + " " + p.getTimeUnixNano()));
    metric
        .getExponentialHistogram()
        .getDataPointsList()
        .forEach(p -> texts.add(name + p.getStartTimeUnixNano() + " " + p.getTimeUnixNano()));
    return texts;
  }

  static String attribute(Resource resource, String key) {
    return resource.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .findFirst()
        .orElseThrow()
        .getValue()
        .getStringValue();
  }
}
