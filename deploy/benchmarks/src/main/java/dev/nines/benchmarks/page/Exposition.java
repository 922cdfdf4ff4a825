// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

/**
 * The counters of a service at an instant, as its exporter shows them: requests by status code
 * since the origin. Before the origin it had some of each, so that no counter begins at 0, where
 * {@code rate} extrapolates less.
 */
final class Exposition {

  private static final String NAME = "http_requests_total{job=\"";
  private static final long GOOD_BEFORE = 1_000_000;
  private static final long BAD_BEFORE = 100;

  private final long origin;

  /**
   * @param origin of the history, epoch milliseconds
   */
  Exposition(long origin) {
    this.origin = origin;
  }

  /**
   * Two samples.
   *
   * @param suffix the timestamp, or nothing
   */
  String at(Service service, long millis, String suffix) {
    long bad = service.bad(origin, millis);
    long good = service.total(origin, millis) - bad;
    return line(service, "200", GOOD_BEFORE + good, suffix)
        + line(service, "500", BAD_BEFORE + bad, suffix);
  }

  private static String line(Service service, String code, long count, String suffix) {
    return NAME + service.name() + "\",code=\"" + code + "\"} " + count + suffix + "\n";
  }
}
