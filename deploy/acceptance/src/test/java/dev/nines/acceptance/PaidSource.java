// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenMetrics endpoint with one counter: it counts its scrapes, and each has an exemplar. */
final class PaidSource implements AutoCloseable {

  private static final String EXPOSITION =
      """
      # TYPE %1$s counter
      %1$s_total{zone="b"} %2$d # {trace_id="%3$s",user="ann"} %2$d.5
      # EOF
      """;

  private final AtomicInteger scrapes = new AtomicInteger();
  private final HttpServer server;

  private PaidSource(HttpServer server) {
    this.server = server;
  }

  static PaidSource start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    PaidSource source = new PaidSource(HttpServer.create(any, 0));
    source.server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            int scrape = source.scrapes.incrementAndGet();
            byte[] body =
                EXPOSITION.formatted(source.family(), scrape, traceId(scrape)).getBytes(UTF_8);
            exchange
                .getResponseHeaders()
                .set("Content-Type", "application/openmetrics-text; version=1.0.0; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    source.server.start();
    return source;
  }

  /** Of the exemplar of a scrape; the first is 1. */
  static String traceId(int scrape) {
    return "%032x".formatted(0xfeedL << 32 | scrape);
  }

  int scrapes() {
    return scrapes.get();
  }

  /** Of no other source: other tests write to the same store. */
  String metric() {
    return family() + "_total";
  }

  private String family() {
    return "paid_" + server.getAddress().getPort();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
