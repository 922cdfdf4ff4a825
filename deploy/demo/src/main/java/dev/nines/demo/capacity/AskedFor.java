// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.capacity;

import dev.nines.demo.truth.SentSpan;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Requests by service, region and bucket of ten seconds, from the shop's own log.
 *
 * @param counts by service, by region, by the bucket's begin in epoch seconds
 */
record AskedFor(SortedMap<String, SortedMap<String, SortedMap<Long, Long>>> counts) {

  static final long STEP_SECONDS = 10;

  private static final long NANOS_PER_STEP = STEP_SECONDS * 1_000_000_000L;

  /**
   * @param known spans that the platform must have; requests are those of kind server
   */
  static AskedFor of(Stream<SentSpan> known) {
    SortedMap<String, SortedMap<String, SortedMap<Long, Long>>> counts = new TreeMap<>();
    known
        .filter(span -> span.kind().equals("SERVER"))
        .forEach(
            span ->
                counts
                    .computeIfAbsent(span.service(), service -> new TreeMap<>())
                    .computeIfAbsent(span.region(), region -> new TreeMap<>())
                    .merge(
                        Math.floorDiv(span.endNanos(), NANOS_PER_STEP) * STEP_SECONDS,
                        1L,
                        Long::sum));
    return new AskedFor(counts);
  }

  /** Requests per second of a service in a region in one bucket. */
  double rate(String service, String region, long bucket) {
    return (double) count(service, region, bucket) / STEP_SECONDS;
  }

  long count(String service, String region, long bucket) {
    Map<String, SortedMap<Long, Long>> regions = counts.getOrDefault(service, new TreeMap<>());
    return regions.getOrDefault(region, new TreeMap<>()).getOrDefault(bucket, 0L);
  }
}
