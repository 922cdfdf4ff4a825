// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** One OTLP {@code Span.Event}, read from a slice of {@link SpanView#events}; reused. */
public final class EventView {

  private final WireReader wire = new WireReader();
  private final AttributeReader reader = new AttributeReader(wire);
  private final Slice name = new Slice();
  private final AttributeList attributes = new AttributeList();
  private long timeNanos;

  /**
   * @throws MalformedOtlp when the slice is not an event
   */
  public EventView read(Slice event) {
    wire.reset(event.array(), event.offset(), event.length());
    name.clear();
    attributes.clear();
    timeNanos = 0;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 9 -> timeNanos = wire.fixed64();
        case 18 -> wire.slice(name, "name");
        case 26 -> reader.read(attributes);
        default -> wire.skip(tag);
      }
    }
    return this;
  }

  /** Nanoseconds since 1970. */
  public long timeNanos() {
    return timeNanos;
  }

  public Slice name() {
    return name;
  }

  public AttributeList attributes() {
    return attributes;
  }
}
