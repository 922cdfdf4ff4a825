// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/** What a walk saw, rebuilt as protobuf objects so that it can be compared with the oracle. */
final class WalkedMetrics {

  /** A point with what its resource, scope and metric say. */
  record Seen(
      List<KeyValue> resource,
      String scope,
      String version,
      List<KeyValue> scopeAttributes,
      String name,
      String description,
      String unit,
      MetricType type,
      Temporality temporality,
      boolean monotonic,
      long index,
      MessageLite point) {}

  private WalkedMetrics() {}

  static List<Seen> of(byte[] body) {
    List<Seen> seen = new ArrayList<>();
    new MetricWalker().walk(body, point -> seen.add(seen(point)));
    return seen;
  }

  private static Seen seen(PointView point) {
    MetricView metric = point.metric();
    return new Seen(
        WalkedTraces.keyValues(metric.resourceAttributes()),
        metric.scopeName().utf8(),
        metric.scopeVersion().utf8(),
        WalkedTraces.keyValues(metric.scopeAttributes()),
        metric.name().utf8(),
        metric.description().utf8(),
        metric.unit().utf8(),
        metric.type(),
        metric.temporality(),
        metric.monotonic(),
        point.index(),
        switch (point) {
          case NumberPointView number -> number(number);
          case HistogramPointView histogram -> histogram(histogram);
          case ExponentialPointView exponential -> exponential(exponential);
          case SummaryPointView summary -> summary(summary);
        });
  }

  private static NumberDataPoint number(NumberPointView view) {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .addAllAttributes(WalkedTraces.keyValues(view.attributes()))
            .setStartTimeUnixNano(view.startNanos())
            .setTimeUnixNano(view.timeNanos())
            .addAllExemplars(exemplars(view))
            .setFlags(view.flags());
    return switch (view.kind()) {
      case NONE -> point.build();
      case DOUBLE -> point.setAsDouble(view.doubleValue()).build();
      case INT -> point.setAsInt(view.intValue()).build();
    };
  }

  private static HistogramDataPoint histogram(HistogramPointView view) {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .addAllAttributes(WalkedTraces.keyValues(view.attributes()))
            .setStartTimeUnixNano(view.startNanos())
            .setTimeUnixNano(view.timeNanos())
            .setCount(view.count())
            .addAllExemplars(exemplars(view))
            .setFlags(view.flags());
    for (long count : view.bucketCounts().toArray()) {
      point.addBucketCounts(count);
    }
    for (double bound : view.explicitBounds().toArray()) {
      point.addExplicitBounds(bound);
    }
    set(view.sum(), point::setSum);
    set(view.min(), point::setMin);
    set(view.max(), point::setMax);
    return point.build();
  }

  private static ExponentialHistogramDataPoint exponential(ExponentialPointView view) {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .addAllAttributes(WalkedTraces.keyValues(view.attributes()))
            .setStartTimeUnixNano(view.startNanos())
            .setTimeUnixNano(view.timeNanos())
            .setCount(view.count())
            .setScale(view.scale())
            .setZeroCount(view.zeroCount())
            .setZeroThreshold(view.zeroThreshold())
            .setPositive(buckets(view.positive()))
            .setNegative(buckets(view.negative()))
            .addAllExemplars(exemplars(view))
            .setFlags(view.flags());
    set(view.sum(), point::setSum);
    set(view.min(), point::setMin);
    set(view.max(), point::setMax);
    return point.build();
  }

  private static ExponentialHistogramDataPoint.Buckets buckets(ExponentialPointView.Buckets view) {
    ExponentialHistogramDataPoint.Buckets.Builder buckets =
        ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(view.offset());
    for (long count : view.counts().toArray()) {
      buckets.addBucketCounts(count);
    }
    return buckets.build();
  }

  private static SummaryDataPoint summary(SummaryPointView view) {
    SummaryDataPoint.Builder point =
        SummaryDataPoint.newBuilder()
            .addAllAttributes(WalkedTraces.keyValues(view.attributes()))
            .setStartTimeUnixNano(view.startNanos())
            .setTimeUnixNano(view.timeNanos())
            .setCount(view.count())
            .setSum(view.sum())
            .setFlags(view.flags());
    for (int i = 0; i < view.quantiles().size(); i++) {
      point
          .addQuantileValuesBuilder()
          .setQuantile(view.quantiles().get(i))
          .setValue(view.values().get(i));
    }
    return point.build();
  }

  private static List<Exemplar> exemplars(PointView point) {
    List<Exemplar> list = new ArrayList<>();
    for (int i = 0; i < point.exemplars().size(); i++) {
      ExemplarView view = new ExemplarView().read(point.exemplars().get(i));
      Exemplar.Builder exemplar =
          Exemplar.newBuilder()
              .addAllFilteredAttributes(WalkedTraces.keyValues(view.filteredAttributes()))
              .setTimeUnixNano(view.timeNanos())
              .setTraceId(WalkedTraces.bytes(view.traceId()))
              .setSpanId(WalkedTraces.bytes(view.spanId()));
      switch (view.kind()) {
        case NONE -> {}
        case DOUBLE -> exemplar.setAsDouble(view.doubleValue());
        case INT -> exemplar.setAsInt(view.intValue());
      }
      list.add(exemplar.build());
    }
    return list;
  }

  private static void set(OptionalValue value, DoubleConsumer setter) {
    if (value.isPresent()) {
      setter.accept(value.value());
    }
  }
}
