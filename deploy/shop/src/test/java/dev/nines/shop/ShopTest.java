// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.shop.TestCollector.Answer;
import dev.nines.shop.TestCollector.Received;
import dev.nines.shop.traffic.Fault;
import dev.nines.shop.traffic.FaultScript;
import dev.nines.shop.traffic.Region;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run of 8 s in real time. The lost region's collector is unavailable from the first request
 * on; one healthy region's collector refuses every third request.
 */
class ShopTest {

  private static final long SEED = 11;
  private static final Duration RUN = Duration.ofSeconds(8);
  private static final FaultScript SCRIPT = FaultScript.standard(SEED, RUN);
  private static final Region LOST = fault(Fault.Kind.REGION_LOSS).region();
  private static final Region REFUSING = fault(Fault.Kind.PAYMENT_ERRORS).region();

  @TempDir private static Path directory;
  private static TestCollector collector;
  private static ShopRun shop;
  private static List<JsonNode> output;
  private static int exit;

  @BeforeAll
  static void sell() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    collector = new TestCollector(request -> answer(request.token(), requests));
    shop = new ShopRun(directory, collector);
    Process process =
        shop.start(
            "--seed",
            Long.toString(SEED),
            "--duration-seconds",
            Long.toString(RUN.toSeconds()),
            "--spans",
            "8000",
            "--flush-seconds",
            "1");
    output = ShopRun.output(process);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    exit = process.exitValue();
  }

  private static Answer answer(String token, AtomicInteger requests) {
    if (token.equals(LOST.id())) {
      return Answer.UNAVAILABLE;
    }
    boolean refused = token.equals(REFUSING.id()) && requests.incrementAndGet() % 3 == 0;
    return refused ? Answer.REFUSE : Answer.ACCEPT;
  }

  @AfterAll
  static void close() {
    shop.close();
    collector.close();
  }

  @Test
  void theRunEndsWellAndAsLongAsItWasAsked() throws IOException {
    assertThat(exit).as(Files.readString(directory.resolve("stderr.txt"))).isZero();
    JsonNode summary = shop.document("summary.json");
    assertThat(summary.path("stoppedEarly").asBoolean()).isFalse();
    assertThat(summary.path("createdSpans").asLong()).isBetween(7_000L, 9_500L);
    assertThat(summary.path("changes").size()).isEqualTo(2);
    assertThat(output.getFirst().path("type").asText()).isEqualTo("started");
    assertThat(output.getLast()).isEqualTo(summary);
    var progress = output.stream().filter(l -> l.path("type").asText().equals("progress")).toList();
    assertThat(progress.size()).isBetween(8, 12);
    assertThat(progress).allSatisfy(line -> assertThat(line.path("regions").size()).isEqualTo(10));
  }

  @Test
  void everyAcknowledgedSpanWasReceivedWhollyAndNothingElseButUnknownOnes() throws IOException {
    Map<String, Set<String>> logged = spansByBatch();
    Map<String, Set<String>> accepted = acceptedByBatch();
    Set<String> acknowledged = batches("acknowledged");
    assertThat(acknowledged).hasSizeGreaterThan(50);
    for (String batch : acknowledged) {
      assertThat(accepted.get(batch)).as(batch).isEqualTo(logged.get(batch));
    }
    Set<String> mayBeThere = new HashSet<>(acknowledged);
    mayBeThere.addAll(batches("unknown"));
    assertThat(accepted.keySet()).isSubsetOf(mayBeThere);
    assertThat(logged.keySet()).isEqualTo(batches("sent"));
  }

  @Test
  void everyAcknowledgedPointWasReceivedAndNothingElseButUnknownOnes() throws IOException {
    Map<String, Set<String>> logged = LoggedPoints.byExport(shop);
    Set<String> accepted = LoggedPoints.accepted(collector);
    Set<String> acknowledged = exports("acknowledged");
    assertThat(acknowledged).hasSizeGreaterThan(20);
    Set<String> mayBeThere = new HashSet<>();
    for (String export : acknowledged) {
      assertThat(accepted).as(export).containsAll(logged.get(export));
      mayBeThere.addAll(logged.get(export));
    }
    exports("unknown").forEach(export -> mayBeThere.addAll(logged.get(export)));
    assertThat(accepted).isSubsetOf(mayBeThere);
    assertThat(logged.keySet()).isEqualTo(exports("sent"));
    assertThat(shop.lines("points.jsonl"))
        .extracting(line -> line.path("temporality").asText())
        .contains("delta", "cumulative");
  }

  @Test
  void resendsAreByteIdentical() throws IOException {
    Set<String> resent = batches("resent");
    assertThat(resent).isNotEmpty().isSubsetOf(batches("acknowledged"));
    assertThat(batches("resend-acknowledged")).isEqualTo(resent);
    Map<String, List<byte[]>> bodies = new HashMap<>();
    for (Received received : collector.received()) {
      byte[] body = received.request().body();
      bodies.computeIfAbsent(batchOf(parse(body)), b -> new ArrayList<>()).add(body);
    }
    for (String batch : resent) {
      assertThat(bodies.get(batch)).as(batch).hasSize(2);
      assertThat(bodies.get(batch).get(1)).as(batch).isEqualTo(bodies.get(batch).get(0));
    }
  }

  @Test
  void failedExportsAreUnknownWithAReason() throws IOException {
    Set<String> refused = new HashSet<>();
    for (Received received : collector.received()) {
      if (received.answer() == Answer.REFUSE) {
        refused.add(batchOf(parse(received.request().body())));
      }
    }
    assertThat(refused).isNotEmpty();
    Set<String> unknown = batches("unknown");
    assertThat(unknown).containsAll(refused).doesNotContainAnyElementsOf(batches("acknowledged"));
    assertThat(unknown).anyMatch(batch -> batch.startsWith(LOST.id()));
    assertThat(shop.lines("batches.jsonl").stream().filter(l -> event(l).equals("unknown")))
        .allSatisfy(line -> assertThat(line.path("reason").asText()).isNotBlank());
  }

  @Test
  void lateSpansAreLate() throws IOException {
    Fault late = fault(Fault.Kind.LATE_DELIVERY);
    long heldNanos = (late.endMillis() - late.startMillis()) * 1_000_000;
    long latest = 0;
    for (JsonNode line : shop.lines("batches.jsonl")) {
      if (event(line).equals("sent") && line.path("region").asText().equals(late.region().id())) {
        latest =
            Math.max(latest, line.path("atNanos").asLong() - line.path("firstEndNanos").asLong());
      }
    }
    assertThat(latest).isGreaterThan(heldNanos * 8 / 10);
  }

  @Test
  void theSummaryIsTheSumOfTheLog() throws IOException {
    JsonNode summary = shop.document("summary.json");
    assertThat(summary.path("sentSpans").asLong()).isEqualTo(shop.lines("spans.jsonl").size());
    assertThat(summary.path("sentSpans").asLong())
        .isEqualTo(
            summary.path("acknowledgedSpans").asLong() + summary.path("unknownSpans").asLong());
    assertThat(summary.path("createdSpans").asLong())
        .isEqualTo(summary.path("sentSpans").asLong() + summary.path("droppedSpans").asLong());
    assertThat(summary.path("resentBatches").asLong()).isEqualTo(batches("resent").size());
    assertThat(summary.path("unknownBatches").asLong()).isEqualTo(batches("unknown").size());
    Map<String, Set<String>> logged = spansByBatch();
    assertThat(summary.path("acknowledgedSpans").asLong())
        .isEqualTo(batches("acknowledged").stream().mapToLong(b -> logged.get(b).size()).sum());
  }

  @Test
  void theScriptFileSaysWhatHappensWhen() throws IOException {
    JsonNode file = shop.document("script.json");
    assertThat(file.path("faults").size()).isEqualTo(SCRIPT.faults().size());
    for (int i = 0; i < SCRIPT.faults().size(); i++) {
      JsonNode line = file.path("faults").path(i);
      assertThat(line.path("kind").asText()).isEqualTo(SCRIPT.faults().get(i).kind().id());
      assertThat(line.path("region").asText()).isEqualTo(SCRIPT.faults().get(i).region().id());
      assertThat(line.path("start").asText()).isBetween(begin(), line.path("end").asText());
    }
  }

  @Test
  void bothDeploysArePosted() {
    assertThat(shop.changes()).hasSize(2);
    assertThat(shop.changes().get(0)).startsWith("Bearer admin {").contains("\"4.8.0\"");
    assertThat(shop.changes().get(1)).contains("\"4.7.3\"").contains("\"service\":\"checkout\"");
  }

  @Test
  void theShopLeavesWhenItsInputEnds(@TempDir Path other) throws Exception {
    try (TestCollector own = new TestCollector(request -> Answer.ACCEPT);
        ShopRun run = new ShopRun(other, own)) {
      Process process = run.start("--seed", "1", "--duration-seconds", "600", "--spans", "60000");
      process.getOutputStream().close();
      List<JsonNode> lines = ShopRun.output(process);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(lines.getLast().path("stoppedEarly").asBoolean()).isTrue();
    }
  }

  @Test
  void aPlanIsTheScriptAndNothingElse(@TempDir Path other) throws Exception {
    try (ShopRun run = new ShopRun(other, collector)) {
      Process process = run.start("--seed", "11", "--duration-seconds", "8", "--plan", "true");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      JsonNode plan = run.document("script.json");
      assertThat(plan.has("begin")).isFalse();
      assertThat(plan.path("faults").findValuesAsText("startMillis"))
          .isEqualTo(shop.document("script.json").path("faults").findValuesAsText("startMillis"));
      assertThat(other.resolve("spans.jsonl")).doesNotExist();
    }
  }

  @Test
  void wrongArgumentsAreExitCode2AndNamed(@TempDir Path other) throws Exception {
    try (ShopRun run = new ShopRun(other, collector)) {
      Process process = run.start("--seed", "seven");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(2);
      assertThat(other.resolve("stderr.txt"))
          .content()
          .contains("--seed is not a whole number: seven");
    }
  }

  private static String begin() {
    return output.getFirst().path("begin").asText();
  }

  private static Set<String> batches(String event) throws IOException {
    Set<String> batches = new HashSet<>();
    for (JsonNode line : shop.lines("batches.jsonl")) {
      if (event(line).equals(event)) {
        batches.add(line.path("batch").asText());
      }
    }
    return batches;
  }

  private static Set<String> exports(String event) throws IOException {
    Set<String> exports = new HashSet<>();
    for (JsonNode line : shop.lines("exports.jsonl")) {
      if (event(line).equals(event)) {
        exports.add(line.path("export").asText());
      }
    }
    return exports;
  }

  private static String event(JsonNode line) {
    return line.path("event").asText();
  }

  /** Ids, times and customers of the spans of each logged batch. */
  private static Map<String, Set<String>> spansByBatch() throws IOException {
    Map<String, Set<String>> spans = new HashMap<>();
    for (JsonNode line : shop.lines("spans.jsonl")) {
      String span =
          String.join(
              " ",
              line.path("traceId").asText(),
              line.path("spanId").asText(),
              line.path("service").asText(),
              line.path("name").asText(),
              line.path("startNanos").asText(),
              line.path("endNanos").asText(),
              line.path("error").asText(),
              line.path("customer").asText());
      spans.computeIfAbsent(line.path("batch").asText(), b -> new HashSet<>()).add(span);
    }
    return spans;
  }

  /** The same, from what the collector accepted. */
  private static Map<String, Set<String>> acceptedByBatch() throws IOException {
    Map<String, Set<String>> spans = new HashMap<>();
    for (Received received : collector.received()) {
      if (received.answer() == Answer.ACCEPT) {
        ExportTraceServiceRequest request = parse(received.request().body());
        Set<String> batch = spans.computeIfAbsent(batchOf(request), b -> new HashSet<>());
        for (ResourceSpans resource : request.getResourceSpansList()) {
          resource.getScopeSpans(0).getSpansList().forEach(span -> batch.add(text(resource, span)));
        }
      }
    }
    return spans;
  }

  private static String text(ResourceSpans resource, Span span) {
    HexFormat hex = HexFormat.of();
    String service = LoggedPoints.attribute(resource.getResource(), "service.name");
    return String.join(
        " ",
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        service,
        span.getName(),
        Long.toString(span.getStartTimeUnixNano()),
        Long.toString(span.getEndTimeUnixNano()),
        Boolean.toString(span.getStatus().getCodeValue() == 2),
        attribute(span, "customer.id").orElse(""));
  }

  private static ExportTraceServiceRequest parse(byte[] body) throws IOException {
    return ExportTraceServiceRequest.parseFrom(body);
  }

  private static String batchOf(ExportTraceServiceRequest request) {
    Span first = request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    return attribute(first, "shop.batch").orElseThrow();
  }

  private static Optional<String> attribute(Span span, String key) {
    return span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .findFirst()
        .map(attribute -> attribute.getValue().getStringValue());
  }

  private static Fault fault(Fault.Kind kind) {
    return SCRIPT.faults().stream().filter(f -> f.kind() == kind).findFirst().orElseThrow();
  }
}
