// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * As PagerDuty's Events API v2 from outside: it takes what {@link PagerDutyRules} allow and folds
 * nothing, refuses the rest with 400 and its reasons, and remembers both.
 */
public final class PagerDutyProvider implements Closeable {

  private static final int TOO_LARGE = 512_000;

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final PagerDutyRules rules;
  private final Consumer<Event> listener;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<Event> changes = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** One event that was taken. */
  public record Event(Instant received, JsonNode body) {

    /** trigger, acknowledge or resolve; empty for a change. */
    public String action() {
      return body.path("event_action").asText();
    }

    public String dedupKey() {
      return body.path("dedup_key").asText();
    }

    /** Name of the objective, without its tenant; known of a trigger only. */
    public String slo() {
      return body.path("payload").path("component").asText();
    }

    /** Our incident's id: the keys are {@code nines-incident-ID}. */
    public String incident() {
      return dedupKey().substring(dedupKey().lastIndexOf('-') + 1);
    }

    /** Of the incident; known of a trigger only. */
    public int run() {
      return details().path("run").asInt();
    }

    /** Names one page: another try of it has the same. */
    public String page() {
      JsonNode details = details();
      return "%s run %d loop %d step %d %s%s"
          .formatted(
              dedupKey(),
              run(),
              details.path("loop").asInt(),
              details.path("step").asInt(),
              details.path("user").asText(),
              details.path("fallback").asBoolean() ? " as the fallback" : "")
          .strip();
    }

    public boolean mayBeRepeat() {
      return details().path("mayBeRepeat").asBoolean();
    }

    /** Known of a change only. */
    public String changeId() {
      return details().path("id").asText();
    }

    private JsonNode details() {
      return body.path("payload").path("custom_details");
    }
  }

  /**
   * @param routingKey of the one integration that there is
   * @param listener hears of alert events as they arrive
   */
  public PagerDutyProvider(String routingKey, Consumer<Event> listener) throws IOException {
    this.rules = new PagerDutyRules(routingKey);
    this.listener = listener;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v2/enqueue", exchange -> receive(exchange, false));
    server.createContext("/v2/change/enqueue", exchange -> receive(exchange, true));
    server.start();
  }

  /** What a channel takes as its {@code url}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public List<Event> events() {
    return List.copyOf(events);
  }

  public List<Event> changes() {
    return List.copyOf(changes);
  }

  /** What PagerDuty would have refused. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange, boolean change) throws IOException {
    Instant received = Instant.now();
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    JsonNode body = read(bytes);
    List<String> errors = change ? rules.change(body) : rules.alert(body);
    if (bytes.length > TOO_LARGE) {
      answer(exchange, 413, "too large", List.of("more than 512 KB"));
    } else if (!exchange.getRequestMethod().equals("POST") || !errors.isEmpty()) {
      answer(exchange, 400, "invalid event", errors);
    } else {
      Event event = new Event(received, body);
      (change ? changes : events).add(event);
      answer(exchange, 202, "success", List.of());
      if (!change) {
        listener.accept(event);
      }
    }
  }

  private void answer(HttpExchange exchange, int status, String word, List<String> errors)
      throws IOException {
    complaints.addAll(errors);
    String message = errors.isEmpty() ? "Event processed" : "Event object is invalid";
    byte[] body =
        JSON.createObjectNode()
            .put("status", word)
            .put("message", message)
            .set("errors", JSON.valueToTree(errors))
            .toString()
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static JsonNode read(byte[] bytes) throws IOException {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
