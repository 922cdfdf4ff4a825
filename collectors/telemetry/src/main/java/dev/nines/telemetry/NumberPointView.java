// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** A point of a gauge or a sum: a double, an integer, or no value at all. */
public final class NumberPointView extends PointView {

  /** Which field of the value the client set. */
  public enum Kind {
    NONE,
    DOUBLE,
    INT
  }

  Kind kind = Kind.NONE;
  long bits;

  NumberPointView(MetricView metric) {
    super(metric);
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

  @Override
  void clear() {
    super.clear();
    kind = Kind.NONE;
    bits = 0;
  }
}
