// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

/** Good events and all events. */
public record Count(long good, long total) {

  public static final Count NONE = new Count(0, 0);

  public Count plus(Count other) {
    return new Count(good + other.good, total + other.total);
  }

  public long bad() {
    return total - good;
  }
}
