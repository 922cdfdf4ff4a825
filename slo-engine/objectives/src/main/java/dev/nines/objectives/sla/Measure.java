// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

/** What a contract counts. The same outage gives another number by each, so reports show all. */
public enum Measure {
  /** Share of minutes that are not down. */
  MINUTE("minute"),
  /** 1 - mean of the error rates of equal intervals, each with the same weight. */
  INTERVAL_MEAN("interval-mean"),
  /** Share of good events, each with the same weight. */
  REQUEST("request");

  private final String word;

  Measure(String word) {
    this.word = word;
  }

  /** As contracts and reports write it. */
  public String word() {
    return word;
  }
}
