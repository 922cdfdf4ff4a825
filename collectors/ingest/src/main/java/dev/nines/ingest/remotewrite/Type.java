// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import java.util.SortedMap;

/** What a series is in OTLP. */
enum Type {
  GAUGE,
  COUNTER,
  EXPONENTIAL_HISTOGRAM,
  EXPLICIT_HISTOGRAM;

  private static final int DECLARED_COUNTER = 1;
  private static final int DECLARED_GAUGE = 2;
  private static final int DECLARED_HISTOGRAM = 3;
  private static final int DECLARED_SUMMARY = 5;

  /**
   * Of a series of plain samples. Where no type is declared, and for the parts of classic
   * histograms and summaries, the suffix decides, as Prometheus has its users name them.
   *
   * @param declared {@code MetricType} of remote write 2.0; 0 where nothing is said
   */
  static Type of(int declared, SortedMap<String, String> labels) {
    String name = labels.getOrDefault("__name__", "");
    boolean part = name.endsWith("_count") || name.endsWith("_sum") || bucket(name, labels);
    boolean counter =
        switch (declared) {
          case DECLARED_COUNTER -> true;
          case DECLARED_GAUGE -> false;
          case DECLARED_HISTOGRAM, DECLARED_SUMMARY -> part;
          case 0 -> part || name.endsWith("_total");
          default -> false;
        };
    return counter ? COUNTER : GAUGE;
  }

  private static boolean bucket(String name, SortedMap<String, String> labels) {
    return name.endsWith("_bucket") && labels.containsKey("le");
  }
}
