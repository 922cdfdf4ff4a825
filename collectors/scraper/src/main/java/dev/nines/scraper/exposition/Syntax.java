// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.Locale;
import java.util.Optional;

/** How an endpoint writes its metrics. */
public enum Syntax {
  /** Prometheus text format 0.0.4. */
  TEXT,
  /** OpenMetrics text format 1.0.0. */
  OPEN_METRICS;

  /** Of a {@code Content-Type}; empty for one that is neither. */
  public static Optional<Syntax> of(String contentType) {
    return switch (contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
      case "application/openmetrics-text" -> Optional.of(OPEN_METRICS);
      case "text/plain" -> Optional.of(TEXT);
      default -> Optional.empty();
    };
  }
}
