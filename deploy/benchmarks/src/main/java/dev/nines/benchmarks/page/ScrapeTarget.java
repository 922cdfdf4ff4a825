// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;

/** What a Prometheus scrapes: the counters of all services at the instant of the request. */
final class ScrapeTarget implements AutoCloseable {

  static final String PATH = "/metrics";

  private final HttpServer server;
  private final Exposition exposition;
  private final List<Service> services;
  private final InstantSource clock;

  ScrapeTarget(Exposition exposition, List<Service> services, InstantSource clock)
      throws IOException {
    this.exposition = exposition;
    this.services = List.copyOf(services);
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PATH, this::answer);
    server.start();
  }

  /** {@code host:port}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    long now = clock.millis();
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (Service service : services) {
        out.write(exposition.at(service, now, "").getBytes(UTF_8));
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
