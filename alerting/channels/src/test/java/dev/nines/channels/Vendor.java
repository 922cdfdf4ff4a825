// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;

/** A provider's HTTP server: keeps what it gets, answers what it was told to, in order. */
public final class Vendor implements AutoCloseable {

  /** One request. */
  public record Request(String path, Map<String, List<String>> headers, String text) {
    public JsonNode json() {
      return Trees.read(text);
    }
  }

  private record Answer(int status, String body, String retryAfter) {}

  private final HttpServer server;
  private final List<Request> requests = new ArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();

  public Vendor() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  public Vendor answers(int status, String body) {
    return answers(status, body, "");
  }

  public synchronized Vendor answers(int status, String body, String retryAfter) {
    answers.add(new Answer(status, body, retryAfter));
    return this;
  }

  public synchronized Request last() {
    return requests.getLast();
  }

  private synchronized void receive(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String path = exchange.getRequestURI().toString();
    requests.add(new Request(path, Map.copyOf(exchange.getRequestHeaders()), text));
    Answer answer = answers.remove();
    if (!answer.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
    }
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
