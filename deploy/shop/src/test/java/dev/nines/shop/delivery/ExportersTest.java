// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.shop.TestCollector;
import dev.nines.shop.delivery.Collector.Protocol;
import dev.nines.shop.traffic.FaultScript;
import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Storefront;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportersTest {

  private static final Region REGION = Region.AP_SOUTH_1;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void theSameBatchExportedAgainIsTheSameBytes(Protocol protocol) throws Exception {
    List<SpanData> spans = batch();
    try (TestCollector collector = new TestCollector(request -> TestCollector.Answer.ACCEPT)) {
      SpanExporter exporter = Exporters.open(to(protocol, collector));
      for (int i = 0; i < 10; i++) {
        assertThat(exporter.export(spans).join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
      }
      exporter.shutdown();
      List<byte[]> bodies = bodies(collector);
      assertThat(bodies).hasSize(10);
      assertThat(bodies).allSatisfy(body -> assertThat(body).isEqualTo(bodies.getFirst()));
      assertThat(collector.received())
          .allSatisfy(received -> assertThat(received.request().token()).isEqualTo("secret"));
      assertShape(ExportTraceServiceRequest.parseFrom(bodies.getFirst()), spans.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRetryOfTheSdkIsTheSameBytes(Protocol protocol) throws Exception {
    List<SpanData> spans = batch();
    AtomicBoolean once = new AtomicBoolean();
    try (TestCollector collector =
        new TestCollector(
            request ->
                once.getAndSet(true)
                    ? TestCollector.Answer.ACCEPT
                    : TestCollector.Answer.UNAVAILABLE)) {
      SpanExporter exporter = Exporters.open(to(protocol, collector));
      assertThat(exporter.export(spans).join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
      exporter.shutdown();
      List<byte[]> bodies = bodies(collector);
      assertThat(bodies).hasSize(2);
      assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
    }
  }

  private static void assertShape(ExportTraceServiceRequest request, int spans) {
    List<String> services = new ArrayList<>();
    int count = 0;
    for (ResourceSpans resource : request.getResourceSpansList()) {
      List<KeyValue> attributes = resource.getResource().getAttributesList();
      services.add(text(attributes, "service.name"));
      assertThat(text(attributes, "cloud.region")).isEqualTo("ap-south-1");
      assertThat(text(attributes, "deployment.environment")).isEqualTo("production");
      assertThat(text(attributes, "service.version")).matches("\\d+\\.\\d+\\.\\d+");
      assertThat(text(attributes, "host.name")).endsWith(".ap-south-1");
      for (Span span : resource.getScopeSpans(0).getSpansList()) {
        assertThat(text(span.getAttributesList(), "shop.batch")).isEqualTo("ap-south-1-000000");
        count++;
      }
    }
    assertThat(services).hasSize(12).doesNotHaveDuplicates();
    assertThat(count).isEqualTo(spans);
  }

  private List<SpanData> batch() throws Exception {
    HandExporter kept = new HandExporter();
    try (TruthLog log = TruthLog.create(directory)) {
      Outbox outbox =
          new Outbox(
              REGION, kept, log, Duration.ZERO, new SplittableRandom(1), () -> NOW, () -> {});
      Recorder recorder = new Recorder(REGION, outbox, Nanos.of(NOW), new SplittableRandom(1));
      Storefront customers = new Storefront(REGION, 1, FaultScript.calm(), 10);
      while (outbox.queuedSpans() < Outbox.BATCH_SPANS) {
        recorder.record(customers.next());
      }
      outbox.tick(NOW, Orders.USUAL);
    }
    return kept.exports.getFirst();
  }

  private static Collector to(Protocol protocol, TestCollector collector) {
    String endpoint =
        switch (protocol) {
          case GRPC -> collector.grpcEndpoint();
          case HTTP -> collector.httpEndpoint() + "/v1/traces";
        };
    return new Collector(
        REGION,
        protocol,
        URI.create(endpoint),
        URI.create(endpoint.replace("/v1/traces", "/v1/metrics")),
        "secret");
  }

  private static List<byte[]> bodies(TestCollector collector) {
    return collector.received().stream().map(received -> received.request().body()).toList();
  }

  private static String text(List<KeyValue> attributes, String key) {
    return attributes.stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }
}
