// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.List;
import java.util.Optional;

/** What a metric family is, and how the names of its samples end. */
public enum FamilyType {
  COUNTER("_total", "_created"),
  GAUGE(""),
  HISTOGRAM("_bucket", "_count", "_sum", "_created"),
  GAUGE_HISTOGRAM("_bucket", "_gcount", "_gsum"),
  SUMMARY("", "_count", "_sum", "_created"),
  INFO("_info"),
  STATE_SET(""),
  UNKNOWN("");

  private final List<String> suffixes;

  FamilyType(String... suffixes) {
    this.suffixes = List.of(suffixes);
  }

  /** Of the samples of a family in OpenMetrics. */
  List<String> suffixes() {
    return suffixes;
  }

  static Optional<FamilyType> of(String word, Syntax syntax) {
    Optional<FamilyType> both =
        switch (word) {
          case "counter" -> Optional.of(COUNTER);
          case "gauge" -> Optional.of(GAUGE);
          case "histogram" -> Optional.of(HISTOGRAM);
          case "summary" -> Optional.of(SUMMARY);
          default -> Optional.empty();
        };
    return both.or(() -> syntax == Syntax.TEXT ? text(word) : openMetrics(word));
  }

  private static Optional<FamilyType> text(String word) {
    return word.equals("untyped") ? Optional.of(UNKNOWN) : Optional.empty();
  }

  private static Optional<FamilyType> openMetrics(String word) {
    return switch (word) {
      case "gaugehistogram" -> Optional.of(GAUGE_HISTOGRAM);
      case "info" -> Optional.of(INFO);
      case "stateset" -> Optional.of(STATE_SET);
      case "unknown" -> Optional.of(UNKNOWN);
      default -> Optional.empty();
    };
  }
}
