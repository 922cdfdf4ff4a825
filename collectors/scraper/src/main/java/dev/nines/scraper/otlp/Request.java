// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import dev.nines.telemetry.WireWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers points into an {@code ExportMetricsServiceRequest}. */
final class Request {

  private static final int NO_RECORDED_VALUE = 1;

  private final Map<Bytes, Map<Bytes, Map<MetricName, Metric>>> resources = new LinkedHashMap<>();

  /**
   * What is said of a metric, but tells it from no other.
   *
   * @param type Prometheus's word; empty where it is not known
   */
  record About(String help, String type) {
    static final About NOTHING = new About("", "");
  }

  private record Metric(About about, WireWriter points) {}

  /**
   * @param point its fields without the attributes
   */
  void add(Series series, About about, WireWriter point) {
    series.attributes().into(point);
    resources
        .computeIfAbsent(series.resource(), key -> new LinkedHashMap<>())
        .computeIfAbsent(series.scope(), key -> new LinkedHashMap<>())
        .computeIfAbsent(series.metric(), key -> new Metric(about, new WireWriter()))
        .points
        .message(1, point);
  }

  /** The series has ended, as far as can be seen. */
  void addStale(Series series, long timeNanos) {
    int flags = series.metric().kind().flags();
    WireWriter point = new WireWriter().fixed64(3, timeNanos).varint(flags, NO_RECORDED_VALUE);
    add(series, About.NOTHING, point);
  }

  byte[] toBytes() {
    WireWriter request = new WireWriter();
    resources.forEach(
        (resource, scopes) -> {
          WireWriter group = new WireWriter().message(1, resource.into(new WireWriter()));
          scopes.forEach((scope, metrics) -> group.message(2, scope(scope, metrics)));
          request.message(1, group);
        });
    return request.toBytes();
  }

  private static WireWriter scope(Bytes scope, Map<MetricName, Metric> metrics) {
    WireWriter group = new WireWriter().message(1, scope.into(new WireWriter()));
    metrics.forEach((name, metric) -> group.message(2, metric(name, metric)));
    return group;
  }

  private static WireWriter metric(MetricName name, Metric metric) {
    WireWriter message = new WireWriter().text(1, name.name());
    if (!metric.about.help.isEmpty()) {
      message.text(2, metric.about.help);
    }
    if (!name.unit().isEmpty()) {
      message.text(3, name.unit());
    }
    name.kind().describe(metric.points);
    message.message(name.kind().data(), metric.points);
    if (!metric.about.type.isEmpty()) {
      message.message(12, Fields.attribute("prometheus.type", metric.about.type));
    }
    return message;
  }
}
