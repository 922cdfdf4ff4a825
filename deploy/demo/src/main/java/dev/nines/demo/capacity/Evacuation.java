// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.capacity;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each region needs so that any one other may be lost, by brute force: the worst bucket over
 * all losses, of the region's own requests and its share of the lost one's, and of these requests
 * each once more for {@code rho}.
 *
 * @param utilisation up to which a region is planned
 */
record Evacuation(
    AskedFor asked, List<String> regions, List<Long> buckets, double utilisation, double rho) {

  /** How a lost region's requests are spread over those that are left. */
  enum Steering {
    EVEN,
    PROPORTIONAL
  }

  Map<String, Double> needs(String service, Steering steering) {
    Map<String, Double> needs = new TreeMap<>();
    for (String region : regions) {
      double need = 0;
      for (long bucket : buckets) {
        double own = asked.rate(service, region, bucket);
        need = Math.max(need, own);
        for (String lost : regions) {
          if (!lost.equals(region)) {
            double moved = asked.rate(service, lost, bucket) * (1 + rho);
            double share = share(service, steering, region, lost, bucket);
            need = Math.max(need, own + share * moved);
          }
        }
      }
      needs.put(region, need / utilisation);
    }
    return needs;
  }

  private double share(String service, Steering steering, String region, String lost, long bucket) {
    double left =
        regions.stream()
            .filter(other -> !other.equals(lost))
            .mapToDouble(other -> asked.rate(service, other, bucket))
            .sum();
    return steering == Steering.EVEN || left == 0
        ? 1.0 / (regions.size() - 1)
        : asked.rate(service, region, bucket) / left;
  }
}
