// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Requests that came in to services, by region, bucket by bucket.
 *
 * @param services by name, then by region
 */
record Demand(Buckets buckets, SortedMap<String, SortedMap<String, Course>> services) {

  /**
   * One service in one region.
   *
   * @param requests in each bucket; 0 also where nothing was heard
   * @param busiest requests of the busiest {@link Step#finestSeconds} in each bucket
   */
  record Course(long[] requests, long[] busiest) {

    /** Requests per second. */
    double rate(Step step, Measure measure, int bucket) {
      return measure == Measure.PEAK
          ? (double) busiest[bucket] / step.finestSeconds()
          : (double) requests[bucket] / step.seconds();
    }

    double[] rates(Step step, Measure measure) {
      double[] rates = new double[requests.length];
      for (int i = 0; i < rates.length; i++) {
        rates[i] = rate(step, measure, i);
      }
      return rates;
    }
  }

  /** By region; empty for a service that nothing asked. */
  SortedMap<String, Course> of(String service) {
    return services.getOrDefault(service, new TreeMap<>());
  }
}
