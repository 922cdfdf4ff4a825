// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.sun.management.ThreadMXBean;
import dev.nines.telemetry.WalkedMetrics.Seen;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricWalkerTest {

  @Test
  void seesWhatProtobufSees() {
    for (long seed = 0; seed < 300; seed++) {
      ExportMetricsServiceRequest request = new RandomMetrics(seed).request(3, 3, 4, 4);
      assertThat(WalkedMetrics.of(request.toByteArray()))
          .as("seed %d", seed)
          .isEqualTo(oracle(request));
    }
  }

  @Test
  void mergesPiecesAndLetsTheLastTypeWin() {
    int seen = 0;
    for (long seed = 0; seed < 200; seed++) {
      List<Metric> pieces = pieces(seed);
      // A builder that parses on keeps data of a type that another one has replaced.
      Metric merged =
          pieces.stream()
              .reduce((left, right) -> left.toBuilder().mergeFrom(right).build())
              .orElseThrow();
      WireWriter wire = new WireWriter();
      pieces.stream().map(Metric::toByteArray).forEach(it -> wire.encoded(it, 0, it.length));
      List<Seen> walked = WalkedMetrics.of(nested(wire.toBytes()));
      assertThat(walked).as("seed %d", seed).isEqualTo(oracle(request(merged)));
      seen += walked.size();
    }
    assertThat(seen).isGreaterThan(200);
  }

  @Test
  void mutatedBytesEndInMalformedOtlpOrInAWalk() {
    int refused = 0;
    for (long seed = 0; seed < 5_000; seed++) {
      byte[] body = mutated(seed);
      try {
        WalkedMetrics.of(body);
      } catch (MalformedOtlp e) {
        assertThat(e).as("seed %d", seed).hasMessageMatching("(?s).* at byte \\d+");
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 4_999);
  }

  @Test
  void refusesEveryTruncationThatProtobufRefuses() {
    byte[] body = oneOfEachType();
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThat(accepts(cut)).as("%d bytes", length).isEqualTo(protobufAccepts(cut));
    }
  }

  @Test
  void readsValuesThatAreNotPacked() {
    // bucket_counts 1 and 2, explicit_bounds 0.5, each under a tag of its own
    String histogram =
        "31 0100000000000000 31 0200000000000000 39 000000000000e03f".replace(" ", "");
    byte[] point = HexFormat.of().parseHex(histogram);
    byte[] body = nested(new WireWriter().message(9, new WireWriter().bytes(1, point)).toBytes());
    new MetricWalker()
        .walk(
            body,
            seen -> {
              HistogramPointView view = (HistogramPointView) seen;
              assertThat(view.bucketCounts().toArray()).containsExactly(1, 2);
              assertThat(view.explicitBounds().toArray()).containsExactly(0.5);
            });
    assertThat(WalkedMetrics.of(body)).hasSize(1);
  }

  @Test
  void namesPathAndOffset() {
    byte[] sum = new WireWriter().bytes(1, new byte[] {25, 1, 2}).toBytes();
    byte[] body = nested(new WireWriter().bytes(7, sum).toBytes());
    assertThatThrownBy(() -> WalkedMetrics.of(body))
        .isInstanceOf(MalformedOtlp.class)
        .hasMessage(
            "resource_metrics.scope_metrics.metrics.sum.data_points: fixed64 cut short at byte 11");
  }

  @Test
  void boundsTheBucketsOfAPoint() {
    assertThat(WalkedMetrics.of(buckets(PointReader.MAX_VALUES))).hasSize(1);
    byte[] over = buckets(PointReader.MAX_VALUES + 1);
    assertThatThrownBy(() -> WalkedMetrics.of(over))
        .isInstanceOf(MalformedOtlp.class)
        .hasMessageContaining("positive.bucket_counts: more than 16384 bucket_counts");
  }

  @Test
  void allocatesNothingPerPoint() {
    byte[] body = new RandomMetrics(7).request(100, 4, 8, 30).toByteArray();
    MetricWalker walker = new MetricWalker();
    long[] points = {0};
    PointVisitor count = point -> points[0]++;
    for (int i = 0; i < 50; i++) {
      walker.walk(body, count);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    points[0] = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 50; i++) {
      walker.walk(body, count);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(points[0]).isGreaterThan(50_000);
    assertThat((double) allocated / points[0]).as("bytes per point").isLessThan(0.1);
  }

  /** The smallest of some bodies that hold points of all types. */
  private static byte[] oneOfEachType() {
    return LongStream.range(0, 100)
        .mapToObj(seed -> new RandomMetrics(seed).request(2, 2, 8, 2).toByteArray())
        .filter(body -> WalkedMetrics.of(body).stream().map(Seen::type).distinct().count() == 5)
        .min(Comparator.comparingInt(body -> body.length))
        .orElseThrow();
  }

  private static byte[] buckets(int count) {
    ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder();
    point.getPositiveBuilder().addAllBucketCounts(Collections.nCopies(count, 1L));
    Metric.Builder metric = Metric.newBuilder();
    metric.getExponentialHistogramBuilder().addDataPoints(point);
    return request(metric.build()).toByteArray();
  }

  /** Four metrics, to be written one after the other into one message. */
  private static List<Metric> pieces(long seed) {
    RandomMetrics random = new RandomMetrics(seed);
    return Stream.generate(() -> random.metric(3)).limit(4).toList();
  }

  private static byte[] nested(byte[] metric) {
    WireWriter scope = new WireWriter().bytes(2, metric);
    return new WireWriter().message(1, new WireWriter().message(2, scope)).toBytes();
  }

  private static ExportMetricsServiceRequest request(Metric metric) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build();
  }

  private static byte[] mutated(long seed) {
    Random random = new Random(seed);
    byte[] body = new RandomMetrics(seed % 50).request(2, 2, 3, 2).toByteArray();
    for (int i = 1 + random.nextInt(4); i > 0 && body.length > 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    return random.nextBoolean() ? body : Arrays.copyOf(body, random.nextInt(body.length + 1));
  }

  private static boolean accepts(byte[] body) {
    try {
      WalkedMetrics.of(body);
      return true;
    } catch (MalformedOtlp e) {
      return false;
    }
  }

  private static boolean protobufAccepts(byte[] body) {
    try {
      ExportMetricsServiceRequest.parseFrom(body);
      return true;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static List<Seen> oracle(ExportMetricsServiceRequest request) {
    List<Seen> seen = new ArrayList<>();
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          points(metric).forEach(point -> seen.add(seen(resource, scope, metric, seen, point)));
        }
      }
    }
    return seen;
  }

  private static Seen seen(
      ResourceMetrics resource,
      ScopeMetrics scopeMetrics,
      Metric metric,
      List<Seen> before,
      MessageLite point) {
    InstrumentationScope scope = scopeMetrics.getScope();
    int temporality =
        switch (metric.getDataCase()) {
          case SUM -> metric.getSum().getAggregationTemporalityValue();
          case HISTOGRAM -> metric.getHistogram().getAggregationTemporalityValue();
          case EXPONENTIAL_HISTOGRAM ->
              metric.getExponentialHistogram().getAggregationTemporalityValue();
          default -> 0;
        };
    return new Seen(
        resource.getResource().getAttributesList(),
        scope.getName(),
        scope.getVersion(),
        scope.getAttributesList(),
        metric.getName(),
        metric.getDescription(),
        metric.getUnit(),
        MetricType.valueOf(metric.getDataCase().name()),
        Temporality.values()[temporality],
        metric.getSum().getIsMonotonic(),
        before.size(),
        point);
  }

  private static List<? extends MessageLite> points(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsList();
      case SUM -> metric.getSum().getDataPointsList();
      case HISTOGRAM -> metric.getHistogram().getDataPointsList();
      case EXPONENTIAL_HISTOGRAM ->
          metric.getExponentialHistogram().getDataPointsList().stream()
              .map(MetricWalkerTest::withBuckets)
              .toList();
      case SUMMARY -> metric.getSummary().getDataPointsList();
      case DATA_NOT_SET -> List.of();
    };
  }

  /** A view can't tell absent buckets from empty ones. */
  private static ExponentialHistogramDataPoint withBuckets(ExponentialHistogramDataPoint point) {
    return point.toBuilder()
        .setPositive(point.getPositive())
        .setNegative(point.getNegative())
        .build();
  }
}
