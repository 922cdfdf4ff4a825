// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.AttributeList;
import dev.nines.telemetry.EventView;
import dev.nines.telemetry.LinkView;
import dev.nines.telemetry.OtelTraceState;
import dev.nines.telemetry.Sampling;
import dev.nines.telemetry.Slice;
import dev.nines.telemetry.SpanView;
import dev.nines.telemetry.TraceWalker;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.block.WordColumn;
import dev.nines.warehouse.sink.RecordIdentity;
import dev.nines.warehouse.sink.RowMapper;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes of signal {@code traces}, accepted or kept by the sampler, to rows of {@link #TABLES}:
 * from the bytes of a body to columns, directly. Envelopes of other signals, and those that come
 * again as kept ones, cost a look at their headers.
 */
final class SpanMapper implements RowMapper {

  /** In the order in which a batch is stored. */
  static final List<String> TABLES = List.of("spans", "accounting");

  private static final int LAST_KIND = 5;

  /** Clients write trace states: none may stand for all that others sent. */
  private static final double ADJUSTED_COUNT_MAX = 1 << 20;

  private final SpanColumns columns = new SpanColumns();
  private final SampledOutRows sampledOut = new SampledOutRows();
  private final TraceWalker walker = new TraceWalker();
  private final EventView event = new EventView();
  private final LinkView link = new LinkView();
  private final Slice lastResource = new Slice();

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<NativeBlock> blocks() {
    return List.of(columns.block, sampledOut.block());
  }

  @Override
  public @Nullable RecordIdentity identity(ConsumerRecord<byte[], byte[]> record) {
    return Signal.TRACES.has(record) ? Signal.identity(record) : null;
  }

  @Override
  public int rows(ConsumerRecord<byte[], byte[]> record) {
    return hasRows(record) ? Signal.items(record) + Math.min(1, sampledOut(record)) : 0;
  }

  @Override
  public void append(ConsumerRecord<byte[], byte[]> record) {
    if (hasRows(record)) {
      Origin origin = Origin.of(record);
      columns.origin.begin(origin);
      lastResource.clear();
      walker.walk(record.value(), span -> append(span, origin));
      int left = sampledOut(record);
      if (left > 0) {
        sampledOut.put(origin, left, record.timestamp());
      }
    }
  }

  private static boolean hasRows(ConsumerRecord<byte[], byte[]> record) {
    return Signal.TRACES.has(record) && !Sampling.isPending(Origin.headers(record));
  }

  private static int sampledOut(ConsumerRecord<byte[], byte[]> record) {
    return Sampling.sampledOut(Origin.headers(record));
  }

  private void append(SpanView span, Origin origin) {
    put(columns.service, span.serviceName());
    put(columns.operation, span.name());
    columns.kind.put(span.kind() < 0 || span.kind() > LAST_KIND ? 0 : span.kind());
    boolean known = span.statusCode() >= 0 && span.statusCode() <= SpanView.STATUS_ERROR;
    columns.status.put(known ? span.statusCode() : 0);
    Slice message = span.statusMessage();
    columns.statusMessage.put(message.array(), message.offset(), message.length());
    columns.end.put(span.endNanos());
    columns.durationNanos.put(span.endNanos() - span.startNanos());
    putId(columns.traceId, span.traceId(), 16);
    putId(columns.spanId, span.spanId(), 8);
    putId(columns.parentSpanId, span.parentSpanId(), 8);
    Slice state = span.traceState();
    columns.traceState.put(state.array(), state.offset(), state.length());
    columns.adjustedCount.put(state.isEmpty() ? 1.0 : adjustedCount(span));
    put(columns.scope, span.scopeName());
    putResource(span.resourceAttributes());
    AttributeRows.put(columns.attributes, span.attributes());
    putEvents(span);
    putLinks(span);
    columns.origin.put(origin, span.index());
  }

  private static double adjustedCount(SpanView span) {
    OtelTraceState state = OtelTraceState.parse(span.traceState().utf8());
    return Math.min(state.threshold(span.traceId()).adjustedCount(), ADJUSTED_COUNT_MAX);
  }

  /** Spans of one resource follow each other: the second and later ones repeat its row. */
  private void putResource(AttributeList resource) {
    if (resource.size() == 0) {
      AttributeRows.put(columns.resource, resource);
      lastResource.clear();
      return;
    }
    Slice first = resource.key(0);
    if (!first.isEmpty()
        && first.length() == lastResource.length()
        && first.offset() == lastResource.offset()) {
      columns.resource.repeatRow();
    } else {
      AttributeRows.put(columns.resource, resource);
      lastResource.set(first.array(), first.offset(), first.length());
    }
  }

  private void putEvents(SpanView span) {
    for (int i = 0; i < span.events().size(); i++) {
      event.read(span.events().get(i));
      columns.eventTime.items().put(event.timeNanos());
      put(columns.eventName.items(), event.name());
      AttributeRows.put(columns.eventAttributes.items(), event.attributes());
    }
    columns.eventTime.endRow();
    columns.eventName.endRow();
    columns.eventAttributes.endRow();
  }

  private void putLinks(SpanView span) {
    for (int i = 0; i < span.links().size(); i++) {
      link.read(span.links().get(i));
      putId(columns.linkTraceId.items(), link.traceId(), 16);
      putId(columns.linkSpanId.items(), link.spanId(), 8);
      AttributeRows.put(columns.linkAttributes.items(), link.attributes());
    }
    columns.linkTraceId.endRow();
    columns.linkSpanId.endRow();
    columns.linkAttributes.endRow();
  }

  private static void put(WordColumn column, Slice word) {
    column.put(word.array(), word.offset(), word.length());
  }

  /** Parents and links are not checked at the edge: a longer id is cut, never an obstacle. */
  private static void putId(FixedColumn column, Slice id, int bytes) {
    column.put(id.array(), id.offset(), Math.min(id.length(), bytes));
  }
}
