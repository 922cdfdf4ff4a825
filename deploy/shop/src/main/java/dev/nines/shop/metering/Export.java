// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import dev.nines.shop.traffic.Region;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.List;

/**
 * The points of one request to a collector.
 *
 * @param id such as {@code eu-west-1-m000042}
 */
record Export(String id, Region region, List<MetricData> metrics) {

  static Export of(Region region, long number, List<MetricData> metrics) {
    return new Export("%s-m%06d".formatted(region.id(), number), region, List.copyOf(metrics));
  }

  int points() {
    return metrics.stream().mapToInt(metric -> metric.getData().getPoints().size()).sum();
  }
}
