// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

/** What became of a cumulative point. */
public enum Outcome {
  /** It adds to the point before. */
  COUNTED("counted"),
  /** The first one seen: what it adds depends on when the stream began. */
  FIRST("first"),
  /** A value fell though the start is the same: all of it is new. */
  RESET("reset"),
  /** Not after the last point, which covers it. */
  OLD("old"),
  OVER_LIMIT("overLimit");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
