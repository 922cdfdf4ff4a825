// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import java.util.Comparator;

/**
 * What tells a metric from others.
 *
 * @param unit as OTLP has it
 */
record MetricName(String name, String unit, Kind kind) implements Comparable<MetricName> {

  private static final Comparator<MetricName> ORDER =
      Comparator.comparing(MetricName::name)
          .thenComparing(MetricName::unit)
          .thenComparing(MetricName::kind);

  @Override
  public int compareTo(MetricName other) {
    return ORDER.compare(this, other);
  }
}
