// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.Locale;

/** What a point counts: what was added since the last one, or all since its start. */
enum Temporality {
  DELTA,
  CUMULATIVE;

  static Temporality of(MetricData metric) {
    AggregationTemporality temporality =
        switch (metric.getType()) {
          case LONG_SUM -> metric.getLongSumData().getAggregationTemporality();
          case HISTOGRAM -> metric.getHistogramData().getAggregationTemporality();
          case EXPONENTIAL_HISTOGRAM ->
              metric.getExponentialHistogramData().getAggregationTemporality();
          default -> throw new IllegalStateException("no instrument of the shop makes " + metric);
        };
    return temporality == AggregationTemporality.DELTA ? DELTA : CUMULATIVE;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
