// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.traces;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Spans of what the stages do. Telemetry of tenant {@code nines} is never traced, neither when it
 * arrives nor when it is stored: a span must not make another one. Records that do not say whose
 * they are could be our own, so their inserts are left out, too.
 */
@Singleton
public final class TracedWork {

  private static final long EXPORTS = 1_000;
  private static final long INSERTS = 10;
  private static final byte[] OWN = OwnTraces.TENANT.getBytes(UTF_8);

  private final OwnTraces traces;
  private final OneOf exports = new OneOf(EXPORTS);
  private final OneOf inserts = new OneOf(INSERTS);

  public TracedWork(OwnTraces traces) {
    this.traces = traces;
  }

  /** An OTLP request, one in a thousand. */
  public <T> T export(String tenant, String signal, Supplier<T> store) {
    if (!traces.active() || tenant.equals(OwnTraces.TENANT) || !exports.next()) {
      return store.get();
    }
    Span span = traces.start("otlp export", SpanKind.SERVER, Context.root());
    span.setAttribute("nines.tenant", tenant);
    span.setAttribute("nines.signal", signal);
    return traces.within(span, store);
  }

  /** An insert of telemetry, one in ten. */
  public void insert(String table, List<ConsumerRecord<byte[], byte[]>> records, Runnable insert) {
    if (!traces.active() || records.stream().noneMatch(TracedWork::foreign) || !inserts.next()) {
      insert.run();
      return;
    }
    Span span = traces.start("insert " + table, SpanKind.CLIENT, Context.root());
    span.setAttribute("db.system.name", "clickhouse");
    span.setAttribute("nines.records", records.size());
    traces.within(
        span,
        () -> {
          insert.run();
          return table;
        });
  }

  /** A question to ClickHouse, as part of the request that asks it. */
  public <T> T query(Supplier<T> statement) {
    Context request = RequestSpan.current();
    if (!Span.fromContext(request).isRecording()) {
      return statement.get();
    }
    Span span = traces.start("query clickhouse", SpanKind.CLIENT, request);
    span.setAttribute("db.system.name", "clickhouse");
    return traces.within(span, statement);
  }

  /** An attempt to reach somebody: each of them. */
  public <T> T send(String provider, Supplier<T> attempt, Predicate<T> reached) {
    if (!traces.active()) {
      return attempt.get();
    }
    Span span = traces.start("page " + provider, SpanKind.CLIENT, Context.root());
    return traces.within(
        span,
        () -> {
          T result = attempt.get();
          span.setAttribute("nines.result", result.getClass().getSimpleName());
          if (!reached.test(result)) {
            span.setStatus(StatusCode.ERROR);
          }
          return result;
        });
  }

  private static boolean foreign(ConsumerRecord<byte[], byte[]> record) {
    Header tenant = record.headers().lastHeader("tenant");
    return tenant != null && !Arrays.equals(tenant.value(), OWN);
  }
}
