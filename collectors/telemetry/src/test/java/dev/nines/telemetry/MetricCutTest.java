// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MetricCutTest {

  private static final int KIB = 1 << 10;

  @Test
  void soundBodyOfUsualSizeStaysAsItIs() {
    byte[] body = sound(1, 3).toByteArray();
    BatchCut.Cut cut = cut(body);
    assertThat(cut.parts()).hasSize(1);
    assertThat(cut.parts().getFirst().body()).isSameAs(body);
    assertThat(cut.acceptedItems()).isEqualTo(WalkedMetrics.of(body).size());
    assertThat(cut.rejected()).isEmpty();
  }

  @Test
  void partsOfLargeBodiesAreTogetherTheOriginal() throws Exception {
    for (long seed = 1; seed < 4; seed++) {
      byte[] body = sound(seed, 100 * KIB).toByteArray();
      assertThat(body.length).isGreaterThan(BatchCut.MAX_BYTES);
      BatchCut.Cut cut = cut(body);
      List<Placed> together = new ArrayList<>();
      for (BatchPart part : cut.parts()) {
        byte[] partBody = part.body();
        assertThat(partBody.length).as("seed %d", seed).isBetween(1, BatchCut.MAX_BYTES);
        List<Placed> points = placed(ExportMetricsServiceRequest.parseFrom(partBody));
        assertThat(points).as("seed %d", seed).hasSize(part.items());
        together.addAll(points);
      }
      assertThat(together)
          .as("seed %d", seed)
          .isEqualTo(placed(ExportMetricsServiceRequest.parseFrom(body)));
      assertThat(cut.rejected()).isEmpty();
      assertThat(bodies(cut(body))).isEqualTo(bodies(cut));
    }
  }

  /** So that a retry of which other points are taken cannot put one of them into two parts. */
  @Test
  void whatIsNotTakenLeavesThePartsWhereTheyWere() throws Exception {
    byte[] body = sound(7, 100 * KIB).toByteArray();
    BatchCut.Cut whole = cut(body);
    assertThat(whole.parts()).hasSizeGreaterThan(2);
    int first = whole.parts().getFirst().items();
    Predicate<PointView> taken = point -> point.index() >= first && point.index() % 3 != 0;
    BatchCut.Cut some = new BatchCut(Signal.METRICS).cut(body, bytes -> {}, taken);
    assertThat(some.parts()).hasSameSizeAs(whole.parts());
    assertThat(some.parts().getFirst().items()).isZero();
    int index = 0;
    for (int part = 0; part < whole.parts().size(); part++) {
      List<Placed> left = new ArrayList<>();
      for (Placed each : placed(parse(whole.parts().get(part)))) {
        if (index >= first && index % 3 != 0) {
          left.add(each);
        }
        index++;
      }
      assertThat(placed(parse(some.parts().get(part)))).as("part %d", part).isEqualTo(left);
      assertThat(some.parts().get(part).items()).isEqualTo(left.size());
    }
    assertThat(some.rejected())
        .isEqualTo(Map.of(Defect.SERIES_LIMIT, whole.acceptedItems() - some.acceptedItems()));
  }

  private static ExportMetricsServiceRequest parse(BatchPart part) throws Exception {
    return ExportMetricsServiceRequest.parseFrom(part.body());
  }

  @Test
  void aMetricOfManyPointsIsCutBetweenThem() throws Exception {
    Metric.Builder metric = Metric.newBuilder().setName("hits").setUnit("1");
    metric.getSumBuilder().setAggregationTemporalityValue(2).setIsMonotonic(true);
    for (int i = 0; i < 40; i++) {
      metric.getSumBuilder().addDataPoints(number(i, 100 * KIB));
    }
    byte[] body = request(metric).toByteArray();
    BatchCut.Cut cut = cut(body);
    assertThat(cut.parts()).extracting(BatchPart::items).containsExactly(8, 8, 8, 8, 8);
    for (BatchPart part : cut.parts()) {
      assertThat(placed(ExportMetricsServiceRequest.parseFrom(part.body())))
          .extracting(Placed::metric)
          .containsOnly(placed(request(metric)).getFirst().metric());
    }
  }

  @Test
  void whatDataInPiecesSayIsRepeatedWithEachPart() throws Exception {
    byte[] piece = new WireWriter().bytes(1, number(1, 0).build().toByteArray()).toBytes();
    byte[] bad =
        new WireWriter().bytes(1, number(1, 0).clearValue().build().toByteArray()).toBytes();
    byte[] last = new WireWriter().varint(2, 1).varint(3, 1).toBytes();
    WireWriter metric = new WireWriter().bytes(5, piece).text(1, "hits");
    metric.bytes(7, piece).bytes(7, bad).bytes(7, last);
    WireWriter scope = new WireWriter().message(2, metric);
    BatchCut.Cut cut =
        cut(new WireWriter().message(1, new WireWriter().message(2, scope)).toBytes());

    assertThat(cut.rejected()).isEqualTo(Map.of(Defect.VALUE, 1));
    byte[] body = cut.parts().getFirst().body();
    Metric left =
        ExportMetricsServiceRequest.parseFrom(body)
            .getResourceMetrics(0)
            .getScopeMetrics(0)
            .getMetrics(0);
    assertThat(left.getName()).isEqualTo("hits");
    assertThat(left.getSum().getIsMonotonic()).isTrue();
    assertThat(left.getSum().getAggregationTemporalityValue()).isEqualTo(1);
    assertThat(left.getSum().getDataPointsList()).containsExactly(number(1, 0).build());
  }

  @Test
  void rejectsOnlyWhatBreaksARule() throws Exception {
    assertThat(defect(gauge(p -> {}))).isNull();
    assertThat(defect(gauge(p -> {}).clearName())).isEqualTo(Defect.NAME);
    assertThat(defect(gauge(NumberDataPoint.Builder::clearTimeUnixNano))).isEqualTo(Defect.TIME);
    assertThat(defect(gauge(NumberDataPoint.Builder::clearValue))).isEqualTo(Defect.VALUE);
    assertThat(defect(gauge(p -> p.clearValue().setFlags(1)))).isNull();
    assertThat(defect(Metric.newBuilder().setName("m").setSum(sum())))
        .isEqualTo(Defect.TEMPORALITY);

    assertThat(defect(histogram(6, new double[] {1, 2}, 1, 2, 3))).isNull();
    assertThat(defect(histogram(6, new double[] {}))).isNull();
    assertThat(defect(histogram(6, new double[] {}, 6))).isNull();
    assertThat(defect(histogram(5, new double[] {1, 2}, 1, 2, 3))).isEqualTo(Defect.COUNT);
    assertThat(defect(histogram(-1, new double[] {}))).isEqualTo(Defect.COUNT);
    assertThat(defect(histogram(-1, new double[] {1}, -2, 1))).isEqualTo(Defect.COUNT);
    assertThat(defect(histogram(3, new double[] {1, 2}, 1, 2))).isEqualTo(Defect.BUCKETS);
    assertThat(defect(histogram(6, new double[] {2, 2}, 1, 2, 3))).isEqualTo(Defect.BUCKETS);
    assertThat(defect(histogram(3, new double[] {Double.NaN}, 1, 2))).isEqualTo(Defect.BUCKETS);

    assertThat(defect(exponential(10, 1, 2, 3, 4))).isNull();
    assertThat(defect(exponential(9, 1, 2, 3, 4))).isEqualTo(Defect.COUNT);
    assertThat(defect(exponential(-1, Long.MAX_VALUE, 1, 0, 0))).isEqualTo(Defect.COUNT);
    assertThat(defect(exponential(-1, -1, 0, 0, 0))).isEqualTo(Defect.COUNT);
  }

  @Test
  void keepsTheRestOfABatchWithBadPoints() throws Exception {
    for (long seed = 0; seed < 50; seed++) {
      ExportMetricsServiceRequest request = new RandomMetrics(seed).request(3, 3, 4, 4);
      List<Placed> good = placed(request).stream().filter(point -> defect(point) == null).toList();
      BatchCut.Cut cut = cut(request.toByteArray());
      List<Placed> left = new ArrayList<>();
      for (BatchPart part : cut.parts()) {
        left.addAll(placed(ExportMetricsServiceRequest.parseFrom(part.body())));
      }
      assertThat(left).as("seed %d", seed).isEqualTo(good);
      assertThat(cut.acceptedItems()).isEqualTo(good.size());
      assertThat(cut.rejectedItems()).isEqualTo(placed(request).size() - good.size());
    }
  }

  @Test
  void boundsWhatPartsRepeatAndRejectsWhatFitsNowhere() {
    Metric.Builder long300 = gauge(p -> {}).setName("n".repeat(300 * KIB));
    Metric.Builder huge = gauge(p -> p.addAttributes(text("k", 901 * KIB)));
    Metric.Builder fits = gauge(p -> p.addAttributes(text("k", 890 * KIB)));
    BatchCut.Cut cut = cut(request(long300, huge, fits).toByteArray());
    assertThat(cut.rejected()).isEqualTo(Map.of(Defect.TOO_LARGE, 2));
    assertThat(cut.acceptedItems()).isEqualTo(1);
  }

  /** A point with all that it stands under; the metric without its points. */
  private record Placed(
      Resource resource,
      String schema,
      InstrumentationScope scope,
      String inner,
      Metric metric,
      Message point) {}

  private static List<Placed> placed(ExportMetricsServiceRequest request) {
    List<Placed> points = new ArrayList<>();
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          for (Message point : points(metric)) {
            points.add(
                new Placed(
                    resource.getResource(),
                    resource.getSchemaUrl(),
                    scope.getScope(),
                    scope.getSchemaUrl(),
                    with(metric, List.of()),
                    point));
          }
        }
      }
    }
    return points;
  }

  @SuppressWarnings("unchecked")
  private static List<Message> points(Metric metric) {
    FieldDescriptor data = data(metric);
    if (data == null) {
      return List.of();
    }
    Message message = (Message) metric.getField(data);
    return (List<Message>) message.getField(message.getDescriptorForType().findFieldByNumber(1));
  }

  private static Metric with(Metric metric, List<Message> points) {
    FieldDescriptor data = Objects.requireNonNull(data(metric));
    Message.Builder message = ((Message) metric.getField(data)).toBuilder();
    message.setField(message.getDescriptorForType().findFieldByNumber(1), points);
    return metric.toBuilder().setField(data, message.build()).build();
  }

  private static FieldDescriptor data(Metric metric) {
    return metric.getOneofFieldDescriptor(Metric.getDescriptor().getOneofs().getFirst());
  }

  /** The rules by themselves, of one point alone. */
  private static Defect defect(Placed point) {
    return defect(with(point.metric, List.of(point.point)).toBuilder());
  }

  private static Defect defect(Metric.Builder metric) {
    Map<Defect, Integer> rejected = cut(request(metric).toByteArray()).rejected();
    assertThat(rejected.values()).allMatch(count -> count == 1);
    return rejected.isEmpty() ? null : rejected.keySet().iterator().next();
  }

  private static BatchCut.Cut cut(byte[] body) {
    return new BatchCut(Signal.METRICS).cut(body, bytes -> {});
  }

  private static List<String> bodies(BatchCut.Cut cut) {
    return cut.parts().stream()
        .map(part -> BatchIdentity.of("t", "metrics", part.body()).toString())
        .toList();
  }

  /** All five types, each point good, each metric with one more gauge of a size. */
  private static ExportMetricsServiceRequest sound(long seed, int padding) {
    Random random = new Random(seed);
    ExportMetricsServiceRequest.Builder request =
        new RandomMetrics(seed).request(40, 6, 6, 9).toBuilder();
    for (ResourceMetrics.Builder resource : request.getResourceMetricsBuilderList()) {
      for (ScopeMetrics.Builder scope : resource.getScopeMetricsBuilderList()) {
        List<Metric> good =
            scope.getMetricsList().stream().map(MetricCutTest::withoutBadPoints).toList();
        scope.clearMetrics().addAllMetrics(good);
        scope.addMetrics(gauge(p -> p.addAttributes(text("pad", random.nextInt(padding)))));
      }
    }
    return request.build();
  }

  private static Metric withoutBadPoints(Metric metric) {
    if (data(metric) == null) {
      return metric;
    }
    List<Message> good =
        points(metric).stream()
            .filter(point -> defect(with(metric, List.of(point)).toBuilder()) == null)
            .toList();
    return with(metric, good);
  }

  private static ExportMetricsServiceRequest request(Metric.Builder... metrics) {
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
    Arrays.stream(metrics).forEach(scope::addMetrics);
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(ResourceMetrics.newBuilder().addScopeMetrics(scope))
        .build();
  }

  private static Metric.Builder gauge(Consumer<NumberDataPoint.Builder> change) {
    Metric.Builder metric = Metric.newBuilder().setName("m");
    change.accept(metric.getGaugeBuilder().addDataPointsBuilder().setTimeUnixNano(1).setAsInt(5));
    return metric;
  }

  private static Sum sum() {
    return Sum.newBuilder().addDataPoints(number(1, 0)).build();
  }

  private static Metric.Builder histogram(long count, double[] bounds, long... counts) {
    Histogram.Builder histogram = Histogram.newBuilder().setAggregationTemporalityValue(1);
    histogram.addDataPoints(
        HistogramDataPoint.newBuilder()
            .setTimeUnixNano(1)
            .setCount(count)
            .addAllExplicitBounds(DoubleStream.of(bounds).boxed().toList())
            .addAllBucketCounts(LongStream.of(counts).boxed().toList()));
    return Metric.newBuilder().setName("m").setHistogram(histogram);
  }

  private static Metric.Builder exponential(
      long count, long zero, long positive, long negative, long negativeToo) {
    Metric.Builder metric = Metric.newBuilder().setName("m");
    ExponentialHistogramDataPoint.Builder point =
        metric
            .getExponentialHistogramBuilder()
            .setAggregationTemporalityValue(2)
            .addDataPointsBuilder()
            .setTimeUnixNano(1)
            .setCount(count)
            .setZeroCount(zero);
    point.getPositiveBuilder().addBucketCounts(positive);
    point.getNegativeBuilder().addBucketCounts(negative).addBucketCounts(negativeToo);
    return metric;
  }

  private static NumberDataPoint.Builder number(long value, int attributeBytes) {
    NumberDataPoint.Builder point = NumberDataPoint.newBuilder().setTimeUnixNano(1);
    return attributeBytes == 0
        ? point.setAsInt(value)
        : point.setAsInt(value).addAttributes(text("k", attributeBytes));
  }

  private static KeyValue text(String key, int bytes) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue("v".repeat(bytes)))
        .build();
  }

  /** Of metrics with one small point each the plan is many times the body: it is told, and true. */
  @Test
  void thePlanOfTheCutTakesNoMoreThanItSays() {
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
    for (int i = 0; i < 100_000; i++) {
      NumberDataPoint point = NumberDataPoint.newBuilder().setTimeUnixNano(1).setAsInt(1).build();
      scope.addMetrics(
          Metric.newBuilder().setName("m").setGauge(Gauge.newBuilder().addDataPoints(point)));
    }
    byte[] body =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(ResourceMetrics.newBuilder().addScopeMetrics(scope))
            .build()
            .toByteArray();
    long[] told = {0};
    long before = used();
    BatchCut.Cut cut = new BatchCut(Signal.METRICS).cut(body, bytes -> told[0] = bytes);
    long taken = used() - before;
    assertThat(cut.acceptedItems()).isEqualTo(100_000);
    assertThat(told[0]).isGreaterThan(10L * body.length);
    assertThat(taken).isLessThan(told[0] + (4 << 20));
    Reference.reachabilityFence(cut);
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
