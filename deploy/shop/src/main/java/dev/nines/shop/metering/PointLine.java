// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.shop.delivery.Attribute;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code points.jsonl}: a data point that was handed to an exporter. The outcome is its
 * export's. One of the last three is there.
 *
 * @param service resource attribute {@code service.name}, as {@code version}
 * @param temporality {@code delta} or {@code cumulative}
 * @param startNanos nanoseconds since 1970, as {@code timeNanos}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PointLine(
    String export,
    String region,
    String service,
    String version,
    String metric,
    String temporality,
    long startNanos,
    long timeNanos,
    Map<String, String> attributes,
    @Nullable Long value,
    @Nullable Histogram histogram,
    @Nullable Exponential exponential) {

  /**
   * @param sum of the seconds
   * @param counts one more than the bounds
   */
  record Histogram(double sum, List<Double> bounds, List<Long> counts) {}

  /**
   * @param counts of the buckets from {@code offset} on; the shop measures nothing below zero
   */
  record Exponential(double sum, int scale, long zeroCount, int offset, List<Long> counts) {}

  static Stream<PointLine> of(Export export, MetricData metric) {
    return metric.getData().getPoints().stream().map(point -> of(export, metric, point));
  }

  private static PointLine of(Export export, MetricData metric, PointData point) {
    Attributes resource = metric.getResource().getAttributes();
    return new PointLine(
        export.id(),
        export.region().id(),
        String.valueOf(resource.get(Attribute.SERVICE_NAME)),
        String.valueOf(resource.get(Attribute.SERVICE_VERSION)),
        metric.getName(),
        Temporality.of(metric).word(),
        point.getStartEpochNanos(),
        point.getEpochNanos(),
        texts(point.getAttributes()),
        point instanceof LongPointData number ? number.getValue() : null,
        point instanceof HistogramPointData buckets ? histogram(buckets) : null,
        point instanceof ExponentialHistogramPointData buckets ? exponential(buckets) : null);
  }

  private static Histogram histogram(HistogramPointData point) {
    return new Histogram(point.getSum(), point.getBoundaries(), point.getCounts());
  }

  private static Exponential exponential(ExponentialHistogramPointData point) {
    return new Exponential(
        point.getSum(),
        point.getScale(),
        point.getZeroCount(),
        point.getPositiveBuckets().getOffset(),
        point.getPositiveBuckets().getBucketCounts());
  }

  private static Map<String, String> texts(Attributes attributes) {
    Map<String, String> texts = new TreeMap<>();
    attributes.forEach((key, value) -> texts.put(key.getKey(), value.toString()));
    return texts;
  }
}
