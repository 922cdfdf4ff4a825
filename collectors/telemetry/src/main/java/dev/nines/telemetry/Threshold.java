// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * Of 2^56 values that the randomness of a trace can have, those below are sampled out. All spans of
 * a trace have the same randomness, and what a threshold keeps a lower one keeps, too. Source:
 * OpenTelemetry, "TraceState: Probability Sampling".
 *
 * @param rejected how many values, 0 to 2^56 - 1
 */
public record Threshold(long rejected) {

  /** Keeps everything. */
  public static final Threshold NONE = new Threshold(0);

  private static final int BITS = 56;
  private static final int DIGITS = 14;
  private static final long VALUES = 1L << BITS;

  public Threshold {
    if (rejected < 0 || rejected >= VALUES) {
      throw new IllegalArgumentException("no threshold of 56 bits: " + rejected);
    }
  }

  /** Keeps one trace in 2^{@code halvings}. */
  public static Threshold halved(int halvings) {
    return new Threshold(VALUES - (VALUES >>> halvings));
  }

  /**
   * @param hex 1 to 14 digits; zeros at the end are left out
   */
  static Threshold parse(String hex) {
    return new Threshold(Long.parseLong(hex, 16) << (4 * (DIGITS - hex.length())));
  }

  /**
   * @param randomness 56 bits
   */
  public boolean keeps(long randomness) {
    return randomness >= rejected;
  }

  public Threshold stricter(Threshold other) {
    return other.rejected > rejected ? other : this;
  }

  /** How many spans one that was kept stands for. */
  public double adjustedCount() {
    return (double) VALUES / (VALUES - rejected);
  }

  /** As {@code th} has it. */
  public String hex() {
    String digits = String.format("%014x", rejected);
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }
}
