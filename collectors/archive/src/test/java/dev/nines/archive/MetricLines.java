// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What protobuf-java reads from requests, one line of text a point and one an exemplar: doubles as
 * their bits, times as nanoseconds.
 */
final class MetricLines {

  final List<String> points = new ArrayList<>();
  final List<String> exemplars = new ArrayList<>();
  private long seq;
  private int index;
  private String series = "";

  void add(long recordSeq, ExportMetricsServiceRequest request) {
    seq = recordSeq;
    index = 0;
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          add(resource, scope, metric);
        }
      }
    }
  }

  private void add(ResourceMetrics resource, ScopeMetrics scope, Metric metric) {
    Map<String, String> attributes =
        SpanMapperTest.texts(resource.getResource().getAttributesList());
    String temporality =
        switch (metric.getDataCase()) {
          case SUM -> metric.getSum().getAggregationTemporality().name();
          case HISTOGRAM -> metric.getHistogram().getAggregationTemporality().name();
          case EXPONENTIAL_HISTOGRAM ->
              metric.getExponentialHistogram().getAggregationTemporality().name();
          default -> "AGGREGATION_TEMPORALITY_UNSPECIFIED";
        };
    series =
        line(
            metric.getName(),
            metric.getUnit(),
            metric.getDataCase().name().toLowerCase(java.util.Locale.ROOT),
            temporality
                .substring("AGGREGATION_TEMPORALITY_".length())
                .toLowerCase(java.util.Locale.ROOT),
            metric.getSum().getIsMonotonic(),
            attributes.getOrDefault("service.name", ""),
            attributes,
            scope.getScope().getName(),
            scope.getScope().getVersion(),
            SpanMapperTest.texts(scope.getScope().getAttributesList()));
    metric.getGauge().getDataPointsList().forEach(this::number);
    metric.getSum().getDataPointsList().forEach(this::number);
    metric.getHistogram().getDataPointsList().forEach(this::histogram);
    metric.getExponentialHistogram().getDataPointsList().forEach(this::exponential);
    metric.getSummary().getDataPointsList().forEach(this::summary);
  }

  private void number(NumberDataPoint point) {
    point(
        point.getAttributesList(),
        point.getExemplarsList(),
        times(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags()),
        point.hasAsInt() ? point.getAsInt() : "-",
        point.hasAsDouble() ? bits(point.getAsDouble()) : "-");
  }

  private void histogram(HistogramDataPoint point) {
    point(
        point.getAttributesList(),
        point.getExemplarsList(),
        times(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags()),
        point.getCount(),
        point.hasSum() ? bits(point.getSum()) : "-",
        point.hasMin() ? bits(point.getMin()) : "-",
        point.hasMax() ? bits(point.getMax()) : "-",
        point.getExplicitBoundsList().stream().map(MetricLines::bits).toList(),
        point.getBucketCountsList());
  }

  private void exponential(ExponentialHistogramDataPoint point) {
    point(
        point.getAttributesList(),
        point.getExemplarsList(),
        times(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags()),
        point.getCount(),
        point.hasSum() ? bits(point.getSum()) : "-",
        point.hasMin() ? bits(point.getMin()) : "-",
        point.hasMax() ? bits(point.getMax()) : "-",
        point.getScale(),
        point.getZeroCount(),
        bits(point.getZeroThreshold()),
        point.getPositive().getOffset(),
        point.getPositive().getBucketCountsList(),
        point.getNegative().getOffset(),
        point.getNegative().getBucketCountsList());
  }

  private void summary(SummaryDataPoint point) {
    point(
        point.getAttributesList(),
        List.of(),
        times(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags()),
        point.getCount(),
        bits(point.getSum()),
        point.getQuantileValuesList().stream().map(q -> bits(q.getQuantile())).toList(),
        point.getQuantileValuesList().stream().map(q -> bits(q.getValue())).toList());
  }

  private void point(List<KeyValue> attributes, List<Exemplar> taken, Object... values) {
    points.add(line(seq, index, line(values), series, SpanMapperTest.texts(attributes)));
    for (int i = 0; i < taken.size(); i++) {
      Exemplar exemplar = taken.get(i);
      exemplars.add(
          line(
              seq,
              index,
              i,
              exemplar.getTimeUnixNano(),
              exemplar.hasAsInt() ? exemplar.getAsInt() : "-",
              exemplar.hasAsDouble() ? bits(exemplar.getAsDouble()) : "-",
              hex(exemplar.getTraceId(), 16),
              hex(exemplar.getSpanId(), 8),
              SpanMapperTest.texts(exemplar.getFilteredAttributesList())));
    }
    index++;
  }

  private static String times(long start, long time, int flags) {
    return line(start, time, Integer.toUnsignedLong(flags));
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static String hex(ByteString id, int length) {
    return id.isEmpty() ? "00".repeat(length) : HexFormat.of().formatHex(id.toByteArray());
  }

  static String line(Object... words) {
    return Stream.of(words).map(Object::toString).collect(Collectors.joining(" "));
  }
}
