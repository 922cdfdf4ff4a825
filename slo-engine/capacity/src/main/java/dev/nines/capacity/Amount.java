// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

/** Numbers as answers show them, and the units that a rate takes. */
final class Amount {

  private static final double DIGITS = 1_000;

  /** A rate that a sum of floats lifted by this share over whole units takes no unit more. */
  private static final double TOLERANCE = 1e-9;

  private Amount() {}

  /** With three digits after the point. */
  static double shown(double number) {
    return Math.round(number * DIGITS) / DIGITS;
  }

  /** What is above a bound; 0 also where only the rounding of floats is. */
  static double excess(double amount, double most) {
    return amount <= most * (1 + TOLERANCE) + TOLERANCE ? 0 : amount - most;
  }

  static long units(double rate, double unitRate) {
    return (long) Math.ceil(rate / unitRate * (1 - TOLERANCE));
  }
}
