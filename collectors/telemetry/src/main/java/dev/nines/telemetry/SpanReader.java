// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** Reads one OTLP {@code Span}; its events and links are checked and kept as slices. */
final class SpanReader {

  private final WireReader wire;
  private final AttributeReader attributes;
  private final boolean keepsAttributes;
  private int entries;

  /**
   * @param keepsAttributes whether those of the span itself are kept, or only checked
   */
  SpanReader(WireReader wire, AttributeReader attributes, boolean keepsAttributes) {
    this.wire = wire;
    this.attributes = attributes;
    this.keepsAttributes = keepsAttributes;
  }

  void read(SpanView span) {
    span.clearSpan();
    entries = 0;
    int start = wire.position();
    wire.slice(span.message, "spans");
    wire.rewind(start);
    int outer = wire.enter("spans");
    while (wire.more()) {
      field(span, wire.tag());
    }
    wire.leave(outer);
  }

  private void field(SpanView span, int tag) {
    switch (tag) {
      case 10 -> wire.slice(span.traceId, "trace_id");
      case 18 -> wire.slice(span.spanId, "span_id");
      case 26 -> wire.slice(span.traceState, "trace_state");
      case 34 -> wire.slice(span.parentSpanId, "parent_span_id");
      case 42 -> wire.slice(span.name, "name");
      case 48 -> span.kind = (int) wire.varint();
      case 57 -> span.startNanos = wire.fixed64();
      case 65 -> span.endNanos = wire.fixed64();
      case 74 -> attribute(span);
      case 90 -> part(span.events, "events", 26);
      case 106 -> part(span.links, "links", 34);
      case 122 -> status(span);
      default -> wire.skip(tag);
    }
  }

  private void attribute(SpanView span) {
    if (keepsAttributes) {
      attributes.read(span.attributes);
    } else {
      attributes.check("attributes", entries++);
    }
  }

  /** An event or link: fields of fixed form, and attributes under the given tag. */
  private void part(SliceList into, String field, int attributesTag) {
    if (into.size() == AttributeReader.MAX_ENTRIES) {
      throw wire.malformed("more than " + into.size() + " " + field, wire.position());
    }
    int start = wire.position();
    wire.slice(into.add(), field);
    wire.rewind(start);
    int outer = wire.enter(field);
    int entriesOfPart = 0;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == attributesTag) {
        attributes.check("attributes", entriesOfPart++);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void status(SpanView span) {
    int outer = wire.enter("status");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 18 -> wire.slice(span.statusMessage, "message");
        case 24 -> span.statusCode = (int) wire.varint();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }
}
