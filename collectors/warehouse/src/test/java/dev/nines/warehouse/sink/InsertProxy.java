// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a sink and ClickHouse, so that a test can act before or after the n-th insert. */
final class InsertProxy implements AutoCloseable {

  /** What happens to an insert; the first is number 1. */
  interface Gate {
    /** Whether the insert goes on to ClickHouse. */
    boolean before(int number) throws InterruptedException;

    /** Whether the answer goes back to the sink. */
    boolean after(int number);
  }

  private static final Set<String> NOT_FORWARDED =
      Set.of("connection", "content-length", "host", "transfer-encoding", "expect", "upgrade");

  private final String target;
  private final Gate gate;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger inserts = new AtomicInteger();

  InsertProxy(String target, Gate gate) throws IOException {
    this.target = target;
    this.gate = gate;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      int number = inserts.incrementAndGet();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (gate.before(number)) {
        HttpResponse<byte[]> answer = forward(exchange, body);
        if (gate.after(number)) {
          answer
              .headers()
              .map()
              .forEach(
                  (name, values) -> {
                    if (!NOT_FORWARDED.contains(name)) {
                      exchange.getResponseHeaders().put(name, values);
                    }
                  });
          exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
          exchange.getResponseBody().write(answer.body());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
