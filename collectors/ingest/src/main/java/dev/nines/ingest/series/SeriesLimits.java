// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

import java.time.Duration;

/**
 * How many series a collector process takes; what a series of a window sends again is always taken.
 *
 * @param perMetric of one metric of a tenant
 * @param perTenant of all metrics of a tenant: about 32 bytes each are held
 * @param window a series that sent nothing for this long, or up to half of it more, is forgotten
 */
public record SeriesLimits(int perMetric, int perTenant, Duration window) {

  public static final SeriesLimits DEFAULT = new SeriesLimits(20_000, 300_000, Duration.ofHours(1));

  public SeriesLimits {
    if (perMetric < 1 || perTenant < perMetric) {
      throw new IllegalArgumentException(
          "series limits: a metric may have " + perMetric + " and its tenant " + perTenant);
    }
    if (window.compareTo(Duration.ofSeconds(2)) < 0) {
      throw new IllegalArgumentException("series limits: a window of " + window + " is too short");
    }
  }
}
