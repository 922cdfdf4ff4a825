// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * Walks the wire form of an OTLP {@code ExportTraceServiceRequest} without building objects. One
 * walker belongs to one thread. Field numbers are those of opentelemetry-proto's {@code
 * trace.proto}; unknown fields are passed over, and a resource or scope may follow its spans.
 */
public final class TraceWalker {

  private final SpanView view = new SpanView();
  private final WireReader wire = new WireReader();
  private final AttributeReader attributes = new AttributeReader(wire);
  private final ContextReader context = new ContextReader(wire, attributes);
  private final SpanReader spans;

  public TraceWalker() {
    this(true);
  }

  private TraceWalker(boolean keepsAttributes) {
    spans = new SpanReader(wire, attributes, keepsAttributes);
  }

  /** One that checks the attributes of spans as all of the body, and shows none. */
  static TraceWalker withoutAttributes() {
    return new TraceWalker(false);
  }

  /**
   * Visits each span in wire order.
   *
   * @throws MalformedOtlp when the bytes are not an ExportTraceServiceRequest; spans before the
   *     malformed place have been visited
   */
  public void walk(byte[] body, SpanVisitor visitor) {
    wire.reset(body, 0, body.length);
    view.index = -1;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        resourceSpans(visitor);
      } else {
        wire.skip(tag);
      }
    }
  }

  private void resourceSpans(SpanVisitor visitor) {
    int outer = wire.enter("resource_spans");
    int start = wire.position();
    context.resource(view.resourceAttributes, view.serviceName);
    wire.rewind(start);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 18) {
        scopeSpans(visitor);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void scopeSpans(SpanVisitor visitor) {
    int outer = wire.enter("scope_spans");
    int start = wire.position();
    readScope();
    wire.rewind(start);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 18) {
        view.index++;
        spans.read(view);
        visitor.span(view);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void readScope() {
    view.scopeName.clear();
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        scope();
      } else {
        wire.skip(tag);
      }
    }
  }

  private void scope() {
    int outer = wire.enter("scope");
    int entries = 0;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 10 -> wire.slice(view.scopeName, "name");
        case 26 -> attributes.check("attributes", entries++);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }
}
