// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes requests on to an exporter, and keeps what it answered. */
final class Mirror implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private final URI exporter;
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  Mirror(URI exporter) throws IOException {
    this.exporter = exporter;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::pass);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** One a scrape. */
  List<String> bodies() {
    return List.copyOf(bodies);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers asked = exchange.getRequestHeaders();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(exporter.resolve(exchange.getRequestURI().toString()))
              .header("Accept", asked.getFirst("Accept"));
      if (asked.containsKey("Authorization")) {
        request.header("Authorization", asked.getFirst("Authorization"));
      }
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.statusCode(), body.length);
      exchange.getResponseBody().write(body);
      bodies.add(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Between two answers. */
  void kill() {
    server.stop(1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
