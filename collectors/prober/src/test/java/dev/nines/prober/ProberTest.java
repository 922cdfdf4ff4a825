// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.prober.definition.Probe;
import dev.nines.prober.definition.Target;
import dev.nines.prober.definition.TlsRules;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The whole of it, between a target and a collector that is away at first. */
class ProberTest {

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<ByteString> bodies = new CopyOnWriteArrayList<>();
  private volatile boolean away = true;

  @Test
  void eachRunIsOneSpanThoughTheCollectorWasAway() throws Exception {
    HttpServer target = serve("/", this::answer);
    HttpServer collector = serve("/v1/traces", this::take);
    CollectorRegistry registry = new CollectorRegistry();
    Prober prober =
        new Prober(
            ProberConfig.of("here", "0", url(collector), Optional.empty(), 8),
            List.of(probe(url(target))),
            registry,
            InstantSource.system(),
            System::nanoTime);
    try (prober) {
      prober.start();
      await().atMost(30, SECONDS).until(() -> asked.size() >= 2 && bodies.size() >= 2);
      assertThat(prober.trouble().orElse("")).contains("status 503");
      assertThat(prober.check()).isEmpty();
      away = false;
      int before = asked.size();
      await().atMost(30, SECONDS).until(() -> asked.size() >= before + 2);
    }
    target.stop(0);
    collector.stop(0);
    assertThat(registry.getSampleValue("nines_prober_routes")).isEqualTo(2);
    assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
    List<String> traces = new ArrayList<>();
    for (ByteString body : new LinkedHashSet<>(bodies)) {
      spans(body)
          .forEach(span -> traces.add(HexFormat.of().formatHex(span.getTraceId().toByteArray())));
    }
    assertThat(traces).containsExactlyInAnyOrderElementsOf(asked);
  }

  private static List<Span> spans(ByteString body) throws IOException {
    ResourceSpans resource = ExportTraceServiceRequest.parseFrom(body).getResourceSpans(0);
    assertThat(resource.getResource().toString())
        .contains("service.name", "nines-prober", "cloud.region", "here");
    return resource.getScopeSpans(0).getSpansList();
  }

  private static Probe probe(URI url) {
    return new Probe(
        "page",
        Duration.ofSeconds(1),
        Duration.ofMillis(900),
        TestProbes.check(0, Optional.empty(), TlsRules.DEFAULT),
        List.of(new Target("one", url), new Target("two", url)));
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestHeaders().getFirst("traceparent").split("-")[1]);
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    bodies.add(ByteString.readFrom(exchange.getRequestBody()));
    exchange.sendResponseHeaders(away ? 503 : 200, -1);
    exchange.close();
  }

  private static HttpServer serve(String path, com.sun.net.httpserver.HttpHandler handler)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(path, handler);
    server.start();
    return server;
  }

  private static URI url(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
