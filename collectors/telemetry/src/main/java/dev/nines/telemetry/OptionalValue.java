// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** A double that a client may leave out, reused from point to point. */
public final class OptionalValue {

  private boolean present;
  private double value;

  void set(double newValue) {
    present = true;
    value = newValue;
  }

  void clear() {
    present = false;
    value = 0;
  }

  public boolean isPresent() {
    return present;
  }

  /** 0 when absent. */
  public double value() {
    return value;
  }
}
