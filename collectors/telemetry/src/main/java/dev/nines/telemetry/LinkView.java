// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** One OTLP {@code Span.Link}, read from a slice of {@link SpanView#links}; reused. */
public final class LinkView {

  private final WireReader wire = new WireReader();
  private final AttributeReader reader = new AttributeReader(wire);
  private final Slice traceId = new Slice();
  private final Slice spanId = new Slice();
  private final Slice traceState = new Slice();
  private final AttributeList attributes = new AttributeList();

  /**
   * @throws MalformedOtlp when the slice is not a link
   */
  public LinkView read(Slice link) {
    wire.reset(link.array(), link.offset(), link.length());
    traceId.clear();
    spanId.clear();
    traceState.clear();
    attributes.clear();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 10 -> wire.slice(traceId, "trace_id");
        case 18 -> wire.slice(spanId, "span_id");
        case 26 -> wire.slice(traceState, "trace_state");
        case 34 -> reader.read(attributes);
        default -> wire.skip(tag);
      }
    }
    return this;
  }

  public Slice traceId() {
    return traceId;
  }

  public Slice spanId() {
    return spanId;
  }

  public Slice traceState() {
    return traceState;
  }

  public AttributeList attributes() {
    return attributes;
  }
}
