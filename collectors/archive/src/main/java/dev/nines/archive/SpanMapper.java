// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.AttributeList;
import dev.nines.telemetry.EventView;
import dev.nines.telemetry.LinkView;
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
 * Accepted envelopes of signal {@code traces} to rows of {@code spans}: from the bytes of a body to
 * columns, directly. Envelopes of other signals cost a look at one header.
 */
final class SpanMapper implements RowMapper {

  private static final int LAST_KIND = 5;

  private final SpanColumns columns = new SpanColumns();
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
    return List.of(columns.block);
  }

  @Override
  public @Nullable RecordIdentity identity(ConsumerRecord<byte[], byte[]> record) {
    return Signal.TRACES.has(record) ? Signal.identity(record) : null;
  }

  @Override
  public int rows(ConsumerRecord<byte[], byte[]> record) {
    return Signal.TRACES.has(record) ? Signal.items(record) : 0;
  }

  @Override
  public void append(ConsumerRecord<byte[], byte[]> record) {
    if (Signal.TRACES.has(record)) {
      Origin origin = Origin.of(record);
      columns.origin.begin(origin);
      lastResource.clear();
      walker.walk(record.value(), span -> append(span, origin));
    }
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
    put(columns.scope, span.scopeName());
    putResource(span.resourceAttributes());
    AttributeRows.put(columns.attributes, span.attributes());
    putEvents(span);
    putLinks(span);
    columns.origin.put(origin, span.index());
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
