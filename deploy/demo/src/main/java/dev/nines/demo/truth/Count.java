// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

/**
 * Events of an objective.
 *
 * @param good that surely are
 * @param uncertain of which only the histogram's bucket is known, and it contains the threshold
 */
public record Count(long good, long total, long uncertain) {

  public static final Count NONE = new Count(0, 0);

  public Count(long good, long total) {
    this(good, total, 0);
  }

  public Count plus(Count other) {
    return new Count(good + other.good, total + other.total, uncertain + other.uncertain);
  }

  /** Events that surely are bad. */
  public long bad() {
    return total - good - uncertain;
  }

  @Override
  public String toString() {
    String sure = "%d good of %d".formatted(good, total);
    return uncertain == 0 ? sure : sure + ", " + uncertain + " uncertain";
  }
}
