// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A collector that keeps what it is given, or refuses as it is told. */
final class Kept implements Delivery {

  static final Answer LATER = new Answer.Refused(true, "later");
  static final Answer NEVER = new Answer.Refused(false, "never");

  private final Deque<Answer> refusals = new ArrayDeque<>();
  private final List<byte[]> offered = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();

  /** A number, or the end of a series. */
  record Point(String metric, String instance, double value, boolean stale, long timeNanos) {}

  synchronized void refuse(Answer answer, int times) {
    for (int i = 0; i < times; i++) {
      refusals.add(answer);
    }
  }

  @Override
  public synchronized Answer deliver(byte[] request) {
    offered.add(request);
    if (!refusals.isEmpty()) {
      return refusals.remove();
    }
    try {
      ExportMetricsServiceRequest.parseFrom(request).getResourceMetricsList().forEach(this::keep);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
    return new Answer.Stored(0, "");
  }

  private void keep(ResourceMetrics resource) {
    String instance =
        resource.getResource().getAttributesList().stream()
            .filter(attribute -> attribute.getKey().equals("service.instance.id"))
            .map(KeyValue::getValue)
            .findFirst()
            .orElseThrow()
            .getStringValue();
    for (Metric metric : resource.getScopeMetrics(0).getMetricsList()) {
      List<NumberDataPoint> numbers =
          metric.hasSum()
              ? metric.getSum().getDataPointsList()
              : metric.getGauge().getDataPointsList();
      for (NumberDataPoint number : numbers) {
        points.add(
            new Point(
                metric.getName(),
                instance,
                number.getAsDouble(),
                number.getFlags() == 1,
                number.getTimeUnixNano()));
      }
    }
  }

  synchronized List<byte[]> offered() {
    return List.copyOf(offered);
  }

  synchronized List<Point> points(String metric) {
    return points.stream().filter(point -> point.metric.equals(metric)).toList();
  }

  /** {@code value} of each point of a metric, {@code end} for a stale one. */
  List<String> course(String metric) {
    return points(metric).stream()
        .map(point -> point.stale ? "end" : Double.toString(point.value))
        .toList();
  }
}
