// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.Sampling;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.warehouse.Sql;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches that the sampler decided: each span is stored or accounted for, once. */
class SampledSpansTest extends TableTest {

  private static final int KEPT = 3;
  private static final int LEFT_OUT = 5;

  @BeforeEach
  void empty() {
    Set.of("spans", "accounting")
        .forEach(table -> query.execute(Sql.of("TRUNCATE TABLE " + table)));
  }

  @Test
  void aBatchThatWaitsForTheSamplerGivesNoRow() {
    ConsumerRecord<byte[], byte[]> pending = accepted(1, KEPT + LEFT_OUT);
    Sampling.pending().forEach(pending.headers()::add);
    SpanMapper mapper = new SpanMapper();
    assertThat(mapper.rows(pending)).isZero();
    store(mapper, SpanMapper.TABLES, List.of(pending));
    assertThat(query.one(Sql.of("SELECT count() AS c FROM spans")).number("c")).isZero();
  }

  @Test
  void whatWasSampledOutStandsInTheAccountBesideWhatIsStored() {
    forwarded(KEPT + LEFT_OUT, 1);
    assertThat(only(Records.APPENDED).inFlight()).isEqualTo(KEPT + LEFT_OUT);
    store(new SpanMapper(), SpanMapper.TABLES, List.of(decided(1, KEPT, LEFT_OUT)));
    Account account = only(Records.APPENDED);
    assertThat(account.stored()).isEqualTo(KEPT);
    assertThat(account.sampledOut()).isEqualTo(LEFT_OUT);
    assertThat(account.inFlight() + account.residual() + account.duplicates()).isZero();
  }

  @Test
  void aBatchOfWhichNothingIsKeptIsAccountedForAndARowTwiceIsFound() {
    forwarded(LEFT_OUT, 1);
    ConsumerRecord<byte[], byte[]> none = decided(1, 0, LEFT_OUT);
    assertThat(new SpanMapper().rows(none)).as("else its headers are all of it").isEqualTo(1);
    store(new SpanMapper(), SpanMapper.TABLES, List.of(none));
    assertThat(only(Records.APPENDED).sampledOut()).isEqualTo(LEFT_OUT);
    assertThat(only(Records.APPENDED).residual()).isZero();
    store(new SpanMapper(), SpanMapper.TABLES, List.of(none));
    assertThat(only(Records.APPENDED).residual()).isEqualTo(LEFT_OUT);
    assertThat(only(Records.APPENDED).duplicates()).isEqualTo(1);
  }

  /** The range begins behind the batch: what was sampled out of it is not in it either. */
  @Test
  void aRangeCutsWhatWasSampledOutWhereItCutsRows() {
    forwarded(KEPT + LEFT_OUT, 1);
    store(new SpanMapper(), SpanMapper.TABLES, List.of(decided(1, KEPT, LEFT_OUT)));
    assertThat(new Accounting(query).read("acme", Records.APPENDED.plusSeconds(1)))
        .allSatisfy(
            account ->
                assertThat(account.stored() + account.sampledOut() + account.residual()).isZero());
  }

  @Test
  void aSpanTellsHowManyItStandsFor() {
    store(new SpanMapper(), SpanMapper.TABLES, List.of(decided(1, KEPT, LEFT_OUT)));
    store(new SpanMapper(), SpanMapper.TABLES, List.of(accepted(2, 1)));
    Sql sql =
        Sql.of("SELECT groupArray(adjusted_count) AS all FROM (SELECT * FROM spans ORDER BY seq)");
    assertThat(query.one(sql).list("all")).isEqualTo(List.of(8.0, 8.0, 8.0, 1.0));
  }

  private void forwarded(long spans, long seq) {
    for (Heading heading : List.of(Heading.ACCEPTED, Heading.FORWARDED)) {
      AccountingEntry entry =
          new AccountingEntry(
              "acme", "eu", "traces", heading, "", spans, "0_3", seq, Records.APPENDED);
      store(
          new AccountingRows(),
          "accounting",
          List.of(
              Records.json(AccountingEntry.class, TelemetryTopics.ACCOUNTING.name(), seq, entry)));
    }
  }

  private Account only(Instant from) {
    List<Account> accounts = new Accounting(query).read("acme", from);
    assertThat(accounts).hasSize(1);
    return accounts.getFirst();
  }

  private static ConsumerRecord<byte[], byte[]> accepted(long seq, int spans) {
    return Records.accepted("acme", "eu", seq, request(spans, ""));
  }

  /** As the sampler writes it: one in eight was kept by hash. */
  private static ConsumerRecord<byte[], byte[]> decided(long seq, int kept, int leftOut) {
    ConsumerRecord<byte[], byte[]> source =
        Records.accepted("acme", "eu", seq, request(kept, "ot=th:e"));
    Headers headers = new RecordHeaders(source.headers());
    Sampling.decided(kept, leftOut).forEach((name, value) -> headers.remove(name).add(name, value));
    return new ConsumerRecord<>(
        TelemetryTopics.kept("eu").name(),
        source.partition(),
        source.offset(),
        source.timestamp(),
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        source.key(),
        source.value(),
        headers,
        Optional.empty());
  }

  private static ExportTraceServiceRequest request(int spans, String traceState) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    if (spans > 0) {
      var scope = request.addResourceSpansBuilder().addScopeSpansBuilder();
      for (int i = 0; i < spans; i++) {
        scope.addSpans(
            Span.newBuilder()
                .setTraceId(ByteString.fromHex("ff".repeat(16)))
                .setSpanId(ByteString.copyFrom(new byte[8]))
                .setTraceState(traceState)
                .setEndTimeUnixNano(Records.APPENDED.toEpochMilli() * 1_000_000));
      }
    }
    return request.build();
  }
}
