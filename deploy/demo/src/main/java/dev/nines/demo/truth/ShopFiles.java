// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads {@code spans.jsonl}, {@code batches.jsonl} and {@code summary.json} of a finished shop. */
public final class ShopFiles {

  private static final JsonMapper JSON = new JsonMapper();

  private ShopFiles() {}

  public static ShopLog read(Path folder) throws IOException {
    Map<String, SentSpan> spans = new HashMap<>();
    lines(folder.resolve("spans.jsonl"), line -> add(spans, span(line)));
    Map<String, Batch> batches = batches(folder.resolve("batches.jsonl"), "batch");
    JsonNode summary = JSON.readTree(folder.resolve("summary.json").toFile());
    return new ShopLog(
        spans,
        batches,
        summary.path("droppedSpans").asLong(),
        summary.path("resentBatches").asLong());
  }

  /**
   * Batches by id.
   *
   * @param id field that names one
   */
  public static Map<String, Batch> batches(Path file, String id) throws IOException {
    Map<String, Batch> batches = new HashMap<>();
    lines(file, line -> add(batches, line.path(id).asText(), line));
    return batches;
  }

  /** Gives each line of a file to the consumer. */
  public static void lines(Path file, Consumer<JsonNode> consumer) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        consumer.accept(JSON.readTree(line));
      }
    }
  }

  private static void add(Map<String, SentSpan> spans, SentSpan span) {
    if (spans.put(span.key(), span) != null) {
      throw new IllegalStateException("the shop logged span " + span.key() + " twice");
    }
  }

  private static void add(Map<String, Batch> batches, String id, JsonNode line) {
    Instant at = Instant.ofEpochSecond(0, line.path("atNanos").asLong());
    switch (line.path("event").asText()) {
      case "sent" -> batches.put(id, new Batch(id, line.path("region").asText(), at, null));
      case "acknowledged" -> batches.computeIfPresent(id, (key, sent) -> acknowledged(sent, at));
      default -> {
        // A resend changes nothing: that is what it is there to show.
      }
    }
  }

  private static Batch acknowledged(Batch sent, Instant at) {
    return new Batch(sent.id(), sent.region(), sent.handedOver(), at);
  }

  private static SentSpan span(JsonNode line) {
    Map<String, String> attributes = new HashMap<>();
    put(attributes, "http.response.status_code", line.path("status"));
    put(attributes, "customer.tier", line.path("tier"));
    put(attributes, "customer.id", line.path("customer"));
    put(attributes, "http.route", line.path("route"));
    put(attributes, "service.version", line.path("version"));
    put(attributes, "cloud.region", line.path("region"));
    return new SentSpan(
        line.path("traceId").asText() + line.path("spanId").asText(),
        line.path("batch").asText(),
        line.path("region").asText(),
        line.path("service").asText(),
        line.path("name").asText(),
        line.path("kind").asText(),
        line.path("startNanos").asLong(),
        line.path("endNanos").asLong(),
        line.path("error").asBoolean(),
        attributes);
  }

  private static void put(Map<String, String> attributes, String key, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      attributes.put(key, value.asText());
    }
  }
}
