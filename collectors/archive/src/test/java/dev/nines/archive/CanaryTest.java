// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.nines.archive.CanaryEvidence.Versions;
import dev.nines.archive.CanaryResource.Answer;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.canary.Canary.Verdict;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import jakarta.ws.rs.WebApplicationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two versions of a shop in the real engine: only what they answered beside each other counts. */
class CanaryTest extends TableTest {

  private static final Instant MINUTE =
      Records.APPENDED.truncatedTo(ChronoUnit.MINUTES).minusSeconds(1_200);
  private static final SpanIndicator INDICATOR =
      new SpanIndicator("shop", "", "server", Map.of(), new SpanPredicate.StatusError());

  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private CanaryResource canary;

  @BeforeAll
  void fill() {
    // Beside each other: 40 of 200 of the new one fail, 1 of 200 of the old one.
    spans("eu", "GET /", "2", MINUTE, 200, 40, "");
    spans("eu", "GET /", "1", MINUTE.plusSeconds(59), 200, 1, "");
    // Another minute, route or region: the old one alone fails there.
    spans("eu", "GET /", "1", MINUTE.plusSeconds(60), 100, 100, "");
    spans("eu", "GET /other", "1", MINUTE, 100, 100, "");
    spans("us", "GET /", "1", MINUTE, 100, 100, "");
    spans("us", "GET /", "3", MINUTE.minusSeconds(600), 5, 0, "");
    spans("us", "GET /", "1", MINUTE.minusSeconds(600), 5, 0, "");
    // What tells that they are sampled is in a minute without the other version.
    spans("us", "GET /", "9", MINUTE.minusSeconds(900), 5, 0, "ot=th:8");
    store(new SpanMapper(), "spans", records);
    Principal ann = new Principal("acme", "ann", "", Set.of(Principal.Right.READ));
    canary =
        new CanaryResource(
            () -> ann,
            (id, at) -> id.name().equals("shop") ? Optional.of(slo(id)) : Optional.empty(),
            new CanaryEvidence(query),
            () -> MINUTE.plusSeconds(300));
  }

  @Test
  void onlyTheSameMinuteRouteAndRegionCount() {
    EvidenceScope scope =
        new EvidenceScope(
            "acme", INDICATOR, MINUTE.minusSeconds(60), MINUTE.plusSeconds(600), "global");
    assertThat(new CanaryEvidence(query).compare(scope, "service.version", "2", "1").value())
        .isEqualTo(new Versions(40, 200, 1, 200, false));
  }

  @Test
  void aWorseVersionFails() {
    Answer answer = ask("\"2\"", "\"1\"", "0.05");
    assertThat(answer.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(answer.difference().value()).isEqualByComparingTo("0.195");
    assertThat(answer.difference().lower()).isGreaterThan(new BigDecimal("0.05"));
    assertThat(answer.requestsNeeded()).isNull();
    assertThat(answer.query()).contains("spans");
    assertThat(ask("\"1\"", "\"2\"", "0.05").verdict()).isEqualTo(Verdict.PASS);
    assertThat(ask("\"2\"", "\"1\"", "0.195").verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  /** Spans that stand for others, and versions that never met. */
  @Test
  void whatCannotBeKnownIsUndecidedWithTheReason() {
    Answer sampled = ask("\"3\"", "\"1\"", "0.05", MINUTE.minusSeconds(900));
    assertThat(sampled.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(sampled.reason()).contains("sampled");
    Answer none = ask("\"4\"", "\"1\"", "0.05");
    assertThat(none.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(none.difference()).isNull();
    assertThat(none.reason()).contains("no minute");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"slo\":\"shop\",\"canary\":\"2\",\"baseline\":\"2\",\"tolerance\":\"0.1\"}",
        "{\"slo\":\"shop\",\"canary\":\"2\",\"baseline\":\"1\",\"tolerance\":\"1\"}",
        "{\"slo\":\"shop\",\"canary\":\"2\",\"baseline\":\"1\"}",
        "{\"slo\":\"shop\",\"canary\":\"2\",\"baseline\":\"1\",\"tolerance\":\"0.1\",\"from\":\"2026-03-03T05:06:00Z\"}",
        "{\"slo\":\"none\",\"canary\":\"2\",\"baseline\":\"1\",\"tolerance\":\"0.1\"}",
      })
  void badQuestionsAreRefused(String body) {
    assertThatThrownBy(() -> canary.ask(body)).isInstanceOf(WebApplicationException.class);
  }

  private Answer ask(String version, String baseline, String tolerance) {
    return ask(version, baseline, tolerance, MINUTE.minusSeconds(60));
  }

  private Answer ask(String version, String baseline, String tolerance, Instant from) {
    return canary.ask(
        "{\"slo\":\"shop\",\"canary\":%s,\"baseline\":%s,\"tolerance\":\"%s\",\"from\":\"%s\"}"
            .formatted(version, baseline, tolerance, from));
  }

  private static Slo slo(SloId id) {
    return new Slo(
        id,
        1,
        "shop",
        "shop",
        "",
        Map.of(),
        INDICATOR,
        new BigDecimal("0.99"),
        new RollingWindow(Duration.ofDays(1)),
        List.of(),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
  }

  private void spans(
      String region,
      String route,
      String version,
      Instant end,
      int total,
      int bad,
      String traceState) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < total; i++) {
      long nanos = TimeUnit.SECONDS.toNanos(end.getEpochSecond());
      Span.Builder span =
          Span.newBuilder()
              .setTraceId(
                  ByteString.fromHex(
                      "%018xffffffffffffff".formatted(records.size() * 1_000 + i + 1)))
              .setSpanId(ByteString.fromHex("%016x".formatted(records.size() * 1_000 + i + 1)))
              .setName(route)
              .setKind(Span.SpanKind.SPAN_KIND_SERVER)
              .setTraceState(traceState)
              .setStartTimeUnixNano(nanos - 1_000_000)
              .setEndTimeUnixNano(nanos);
      if (i < bad) {
        span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
      }
      spans.add(span.build());
    }
    records.add(Records.accepted("acme", region, records.size(), batch(version, spans)));
  }

  private static ExportTraceServiceRequest batch(String version, List<Span> spans) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var resource = request.addResourceSpansBuilder();
    resource
        .getResourceBuilder()
        .addAttributes(RandomSpans.text("service.name", "shop"))
        .addAttributes(RandomSpans.text("service.version", version));
    resource.addScopeSpansBuilder().addAllSpans(spans);
    return request.build();
  }
}
