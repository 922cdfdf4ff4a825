// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesHashTest {

  private static final Consumer<ResourceMetrics.Builder> AS_IT_IS = resource -> {};

  @Test
  void isPinned() {
    assertThat(id("acme", AS_IT_IS)).hasToString("3aac999c3ec2ced43723e9c31e002c9a");
    assertThat(SeriesId.of(id("acme", AS_IT_IS).bytes())).isEqualTo(id("acme", AS_IT_IS));
  }

  @Test
  void dependsOnAllThatMakesASeries() {
    List<SeriesId> ids = new ArrayList<>();
    ids.add(id("acme", AS_IT_IS));
    ids.add(id("other", AS_IT_IS));
    ids.add(id("acme", r -> r.getResourceBuilder().getAttributesBuilder(0).setKey("host.id")));
    ids.add(id("acme", r -> r.getResourceBuilder().removeAttributes(1)));
    ids.add(id("acme", r -> scope(r).getScopeBuilder().setName("m2")));
    ids.add(id("acme", r -> scope(r).getScopeBuilder().setVersion("2")));
    ids.add(id("acme", r -> scope(r).getScopeBuilder().addAttributesBuilder().setKey("k")));
    ids.add(id("acme", r -> metric(r).setName("requests2")));
    ids.add(id("acme", r -> metric(r).setUnit("{r}")));
    ids.add(id("acme", r -> sum(r).setAggregationTemporalityValue(1)));
    ids.add(id("acme", r -> sum(r).setIsMonotonic(false)));
    ids.add(id("acme", r -> metric(r).getGaugeBuilder().addDataPoints(point())));
    ids.add(id("acme", r -> sum(r).getDataPointsBuilder(0).removeAttributes(0)));
    ids.add(id("acme", r -> sum(r).getDataPointsBuilder(0).setAttributes(0, number("a", 1))));
    ids.add(id("acme", r -> sum(r).getDataPointsBuilder(0).setAttributes(0, text("a", "xb"))));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void doesNotDependOnWhatPassesOrOnOrder() {
    SeriesId id = id("acme", AS_IT_IS);
    assertThat(id("acme", r -> metric(r).setDescription("new words"))).isEqualTo(id);
    assertThat(id("acme", r -> r.setSchemaUrl("u"))).isEqualTo(id);
    assertThat(id("acme", r -> sum(r).getDataPointsBuilder(0).setAsInt(9).setTimeUnixNano(7)))
        .isEqualTo(id);
    assertThat(
            id(
                "acme",
                r -> {
                  sum(r).getDataPointsBuilder(0).removeAttributes(0).addAttributes(text("a", "x"));
                  KeyValue first = r.getResource().getAttributes(0);
                  r.getResourceBuilder().removeAttributes(0).addAttributes(first);
                }))
        .isEqualTo(id);
  }

  @Test
  void manyAttributesInAnyOrder() {
    List<KeyValue> attributes =
        new ArrayList<>(IntStream.range(0, 500).mapToObj(i -> number("key" + i, i)).toList());
    SeriesId id = id("acme", r -> sum(r).getDataPointsBuilder(0).addAllAttributes(attributes));
    Collections.shuffle(attributes, new Random(1));
    assertThat(id("acme", r -> sum(r).getDataPointsBuilder(0).addAllAttributes(attributes)))
        .isEqualTo(id);
  }

  @Test
  void oneHashForAllBodiesSaysWhatANewOneSays() {
    SeriesHash shared = new SeriesHash();
    MetricWalker walker = new MetricWalker();
    Map<SeriesId, Integer> ids = new HashMap<>();
    for (long seed = 0; seed < 60; seed++) {
      byte[] body = new RandomMetrics(seed).request(3, 3, 3, 3).toByteArray();
      String tenant = "tenant" + seed % 2;
      PointVisitor compare =
          point -> {
            SeriesId id = shared.of(tenant, point);
            assertThat(id).isEqualTo(new SeriesHash().of(tenant, point));
            ids.merge(id, 1, Integer::sum);
          };
      walker.walk(body, compare);
      new MetricWalker().walk(body, compare);
    }
    assertThat(ids.size()).isGreaterThan(200);
  }

  private static SeriesId id(String tenant, Consumer<ResourceMetrics.Builder> change) {
    ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
    resource
        .getResourceBuilder()
        .addAttributes(text("service.name", "shop"))
        .addAttributes(text("service.instance.id", "1"));
    resource.addScopeMetrics(
        ScopeMetrics.newBuilder()
            .setScope(InstrumentationScope.newBuilder().setName("m").setVersion("1"))
            .addMetrics(
                Metric.newBuilder()
                    .setName("requests")
                    .setUnit("1")
                    .setSum(
                        Sum.newBuilder()
                            .setAggregationTemporalityValue(2)
                            .setIsMonotonic(true)
                            .addDataPoints(point()))));
    change.accept(resource);
    List<SeriesId> ids = new ArrayList<>();
    SeriesHash hash = new SeriesHash();
    new MetricWalker()
        .walk(
            ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(resource)
                .build()
                .toByteArray(),
            point -> ids.add(hash.of(tenant, point)));
    assertThat(ids).hasSize(1);
    return ids.getFirst();
  }

  private static NumberDataPoint point() {
    return NumberDataPoint.newBuilder()
        .addAttributes(text("a", "x"))
        .addAttributes(text("b", "y"))
        .setAsInt(5)
        .build();
  }

  private static ScopeMetrics.Builder scope(ResourceMetrics.Builder resource) {
    return resource.getScopeMetricsBuilder(0);
  }

  private static Metric.Builder metric(ResourceMetrics.Builder resource) {
    return scope(resource).getMetricsBuilder(0);
  }

  private static Sum.Builder sum(ResourceMetrics.Builder resource) {
    return metric(resource).getSumBuilder();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
