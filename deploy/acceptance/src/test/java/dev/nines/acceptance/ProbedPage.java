// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page that fails when it is told to, and keeps a log of who came. */
final class ProbedPage implements AutoCloseable {

  /**
   * @param traceId of the caller's W3C trace context
   * @param status that was answered
   */
  record Request(String traceId, int status) {}

  private final HttpServer server;
  private final List<Request> log = new CopyOnWriteArrayList<>();
  private volatile boolean failing;

  ProbedPage() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/checkout", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/checkout";
  }

  void fail(boolean now) {
    failing = now;
  }

  List<Request> log() {
    return List.copyOf(log);
  }

  int requests() {
    return log.size();
  }

  int failed() {
    return (int) log.stream().filter(request -> request.status() != 200).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    int status = failing ? 503 : 200;
    String context = exchange.getRequestHeaders().getFirst("traceparent");
    log.add(new Request(context.split("-")[1], status));
    byte[] body = "Pay now".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
