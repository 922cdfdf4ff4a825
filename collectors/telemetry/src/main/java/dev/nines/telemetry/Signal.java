// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** A kind of telemetry, with the words that it goes by. */
public enum Signal {
  TRACES(Envelope.TRACES, "spans"),
  METRICS(Envelope.METRICS, "data points"),
  /** Counted and rejected, never stored. */
  LOGS("logs", "log records");

  private final String word;
  private final String items;

  Signal(String word, String items) {
    this.word = word;
    this.items = items;
  }

  /**
   * @throws IllegalArgumentException when no signal goes by the word
   */
  public static Signal of(String word) {
    for (Signal signal : values()) {
      if (signal.word.equals(word)) {
        return signal;
      }
    }
    throw new IllegalArgumentException("unknown signal " + word);
  }

  /** In headers, in accounting, in paths. */
  public String word() {
    return word;
  }

  /** What is counted, in messages. */
  public String items() {
    return items;
  }
}
