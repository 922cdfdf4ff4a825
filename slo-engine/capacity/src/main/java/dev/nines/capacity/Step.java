// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Length of a bucket of demand, and with it the table that it comes from. */
enum Step {
  TEN_SECONDS("10s", 10, 10, Duration.ofDays(3), Duration.ofHours(1)),
  MINUTE("1m", 60, 60, Duration.ofDays(90), Duration.ofHours(24)),
  HOUR("1h", 3_600, 60, Duration.ofDays(750), Duration.ofDays(7));

  static final String WORDS =
      Arrays.stream(values()).map(Step::word).collect(Collectors.joining(", "));

  private final String word;
  private final int seconds;
  private final int finestSeconds;
  private final Duration kept;
  private final Duration usual;

  /**
   * @param finestSeconds of what the busiest part of a bucket is told
   * @param kept how far back it can be asked
   * @param usual range where none is asked for
   */
  Step(String word, int seconds, int finestSeconds, Duration kept, Duration usual) {
    this.word = word;
    this.seconds = seconds;
    this.finestSeconds = finestSeconds;
    this.kept = kept;
    this.usual = usual;
  }

  static Optional<Step> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  String word() {
    return word;
  }

  int seconds() {
    return seconds;
  }

  int finestSeconds() {
    return finestSeconds;
  }

  Duration kept() {
    return kept;
  }

  Duration usual() {
    return usual;
  }
}
