// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import dev.nines.telemetry.NumberPointView.Kind;

/** One OTLP {@code Exemplar}, read from a slice of {@link PointView#exemplars}; reused. */
public final class ExemplarView {

  private final WireReader wire = new WireReader();
  private final AttributeReader reader = new AttributeReader(wire);
  private final Slice traceId = new Slice();
  private final Slice spanId = new Slice();
  private final AttributeList filteredAttributes = new AttributeList();
  private Kind kind = Kind.NONE;
  private long bits;
  private long timeNanos;

  /**
   * @throws MalformedOtlp when the slice is not an exemplar
   */
  public ExemplarView read(Slice exemplar) {
    wire.reset(exemplar.array(), exemplar.offset(), exemplar.length());
    clear();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 17 -> timeNanos = wire.fixed64();
        case 25 -> value(Kind.DOUBLE, wire.fixed64());
        case 34 -> wire.slice(spanId, "span_id");
        case 42 -> wire.slice(traceId, "trace_id");
        case 49 -> value(Kind.INT, wire.fixed64());
        case 58 -> reader.read(filteredAttributes);
        default -> wire.skip(tag);
      }
    }
    return this;
  }

  /** Nanoseconds since 1970. */
  public long timeNanos() {
    return timeNanos;
  }

  public Kind kind() {
    return kind;
  }

  /** The value of kind {@code INT}. */
  public long intValue() {
    return bits;
  }

  /** The value, of an integer the nearest double; 0 without a value. */
  public double doubleValue() {
    return kind == Kind.DOUBLE ? Double.longBitsToDouble(bits) : bits;
  }

  /** Empty when the measurement was not made inside a span. */
  public Slice traceId() {
    return traceId;
  }

  public Slice spanId() {
    return spanId;
  }

  /** Attributes of the measurement that the point does not have. */
  public AttributeList filteredAttributes() {
    return filteredAttributes;
  }

  private void clear() {
    traceId.clear();
    spanId.clear();
    filteredAttributes.clear();
    timeNanos = 0;
    value(Kind.NONE, 0);
  }

  private void value(Kind newKind, long newBits) {
    kind = newKind;
    bits = newBits;
  }
}
