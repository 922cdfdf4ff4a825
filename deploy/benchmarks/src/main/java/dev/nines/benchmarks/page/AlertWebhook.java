// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Takes what an Alertmanager sends, and remembers when each alert first came. */
final class AlertWebhook implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final InstantSource clock;
  private final Map<String, Long> received = new ConcurrentHashMap<>();

  AlertWebhook(InstantSource clock) throws IOException {
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/page", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/page";
  }

  /** Epoch milliseconds by {@code sloth_id}. */
  Map<String, Long> received() {
    return Map.copyOf(received);
  }

  private void receive(HttpExchange exchange) throws IOException {
    long now = clock.millis();
    for (JsonNode alert : JSON.readTree(exchange.getRequestBody().readAllBytes()).path("alerts")) {
      if (alert.path("status").asText().equals("firing")) {
        received.putIfAbsent(alert.path("labels").path("sloth_id").asText(), now);
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
