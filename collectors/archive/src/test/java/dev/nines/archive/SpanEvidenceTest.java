// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.nines.archive.SpanEvidence.Share;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.objectives.access.Principal;
import dev.nines.warehouse.Sql;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 40 checkouts of i ms each: odd ones in eu run version 2, of which every fourth fails. */
class SpanEvidenceTest extends TableTest {

  private static final Instant END = Records.APPENDED.minusSeconds(60);

  private static final SpanIndicator CHECKOUTS =
      new SpanIndicator("checkout", "", "", Map.of(), new SpanPredicate.StatusError());

  private SpanEvidence evidence;

  @BeforeAll
  void fill() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(Records.accepted("acme", i % 2 == 1 ? "eu" : "us", i, checkout(i)));
    }
    store(new SpanMapper(), "spans", records);
    evidence = new SpanEvidence(query);
  }

  @Test
  void exemplarsAreTheSlowestBadTraces() {
    Evidence<List<String>> found = evidence.exemplars(scope(new SpanPredicate.StatusError()), 3);
    assertThat(found.value()).containsExactly(id(37), id(33), id(29));
  }

  @Test
  void sharesByAttributeAndRegion() {
    EvidenceScope scope = scope(new SpanPredicate.StatusError());
    assertThat(evidence.byAttribute(scope, "service.version").value())
        .containsExactly(new Share("2", 20, 10), new Share("1", 20, 0));
    assertThat(evidence.byRegion(scope).value())
        .containsExactly(new Share("eu", 20, 10), new Share("us", 20, 0));
    assertThat(evidence.impact(scope).value()).isEqualTo(new Share("", 40, 10));
  }

  /** Nothing is counted yet, and nothing missed: what is stored is told, and that it is ahead. */
  @Test
  void storedSpansMayBeAheadOfTheLedger() {
    AttributionResource attribution =
        new AttributionResource(
            () -> new Principal("acme", "ann", "", Set.of(Principal.Right.READ)),
            (id, at) -> Optional.of(LedgerRowsTest.slo(id, CHECKOUTS)),
            new LedgerImpact(query),
            new LedgerGroups(query),
            new IncidentSpans(query),
            evidence,
            () -> END.plusSeconds(1));
    AttributionResource.Answer answer = attribution.read("errors", "service.version", null, null);
    assertThat(answer.parts()).containsExactly(new AttributionResource.Part("2", 10));
    assertThat(answer.bad()).isEqualTo(10);
    assertThat(answer.counted()).isZero();
    assertThat(answer.unattributed()).isZero();
  }

  @Test
  void predicatesMeanWhatExtractionMeans() {
    assertThat(bad(new SpanPredicate.Slower(Duration.ofMillis(35)))).isEqualTo(4);
    assertThat(bad(attribute("http.status", Comparison.GE, "500"))).isEqualTo(10);
    assertThat(bad(attribute("http.status", Comparison.LT, "500"))).isEqualTo(30);
    assertThat(bad(attribute("http.status", Comparison.NE, "200"))).isEqualTo(10);
    assertThat(bad(attribute("absent", Comparison.NE, "200"))).isZero();
    assertThat(bad(attribute("absent", Comparison.NE, "200").negated())).isEqualTo(40);
    assertThat(bad(attribute("http.status", Comparison.LT, "500").negated())).isEqualTo(10);
    assertThat(
            bad(
                new SpanPredicate.AllOf(
                    List.of(
                        new SpanPredicate.StatusError().negated(),
                        new SpanPredicate.Slower(Duration.ofMillis(35))))))
        .isEqualTo(3);
    assertThat(bad(attribute("service.version", Comparison.EQ, "2"))).isEqualTo(20);
    assertThat(
            bad(
                new SpanPredicate.AnyOf(
                    List.of(
                        new SpanPredicate.StatusError(),
                        new SpanPredicate.Slower(Duration.ofMillis(37))))))
        .isEqualTo(12);
  }

  @Test
  void theScopeCutsByTimeRegionAndAttributes() {
    SpanIndicator version =
        new SpanIndicator(
            "checkout",
            "pay",
            "server",
            Map.of("service.version", "2"),
            new SpanPredicate.StatusError());
    EvidenceScope all =
        new EvidenceScope("acme", version, END.minusSeconds(1), END.plusSeconds(1), "global");
    assertThat(evidence.impact(all).value()).isEqualTo(new Share("", 20, 10));
    assertThat(
            evidence
                .impact(
                    new EvidenceScope(
                        "acme", version, END.plusSeconds(1), END.plusSeconds(2), "global"))
                .value()
                .total())
        .isZero();
    assertThat(
            evidence
                .impact(new EvidenceScope("acme", version, all.from(), all.to(), "us"))
                .value()
                .total())
        .isZero();
    assertThat(
            evidence
                .impact(new EvidenceScope("rival", version, all.from(), all.to(), "eu"))
                .value()
                .total())
        .isZero();
  }

  @Test
  void theQueryOfAFactCanBeRunAgain() {
    Evidence<List<Share>> fact =
        evidence.byAttribute(scope(new SpanPredicate.StatusError()), "service.version");
    assertThat(query.rows(Sql.of(fact.query())).stream().map(row -> row.number("bad")))
        .containsExactly(10L, 0L);
  }

  private long bad(SpanPredicate predicate) {
    return evidence.impact(scope(predicate)).value().bad();
  }

  private static SpanPredicate attribute(String key, Comparison comparison, String value) {
    return new SpanPredicate.Attribute(key, comparison, value);
  }

  private static EvidenceScope scope(SpanPredicate bad) {
    SpanIndicator indicator = new SpanIndicator("checkout", "", "", Map.of(), bad);
    return new EvidenceScope(
        "acme", indicator, END.minusSeconds(1), END.plusSeconds(1), SloStatus.GLOBAL);
  }

  private static ExportTraceServiceRequest checkout(int i) {
    boolean fails = i % 4 == 1;
    long end = TimeUnit.MILLISECONDS.toNanos(END.toEpochMilli());
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.fromHex(id(i)))
            .setSpanId(ByteString.fromHex("00000000000000aa"))
            .setName("pay")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(end - TimeUnit.MILLISECONDS.toNanos(i))
            .setEndTimeUnixNano(end)
            .addAttributes(RandomSpans.text("http.status", fails ? "503" : "200"));
    if (fails) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var resource = request.addResourceSpansBuilder();
    resource
        .getResourceBuilder()
        .addAttributes(RandomSpans.text("service.name", "checkout"))
        .addAttributes(RandomSpans.text("service.version", i % 2 == 1 ? "2" : "1"));
    resource.addScopeSpansBuilder().addSpans(span);
    return request.build();
  }

  private static String id(int i) {
    return "%032x".formatted(0xfeed00 + i);
  }
}
