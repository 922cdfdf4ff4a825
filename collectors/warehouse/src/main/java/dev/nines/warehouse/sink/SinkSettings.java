// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import java.time.Duration;

/**
 * Sizes and times of a sink.
 *
 * @param maxRows rows of one insert, about
 * @param maxBytes bytes of the records of one insert, about
 * @param maxAge how long a record waits for company; longer when more than {@code insertsPerSecond}
 *     partitions are busy, because small parts cost ClickHouse more than rows
 * @param maxBufferedBytes bytes of records held in all; above it nothing is fetched
 * @param insertTimeout below {@code sessionTimeout}
 * @param sessionTimeout after which a silent member's partitions go to another
 */
public record SinkSettings(
    int maxRows,
    long maxBytes,
    Duration maxAge,
    int insertsPerSecond,
    long maxBufferedBytes,
    Duration insertTimeout,
    Duration sessionTimeout) {

  public static final SinkSettings DEFAULT =
      new SinkSettings(
          50_000,
          16L << 20,
          Duration.ofMillis(500),
          10,
          64L << 20,
          Duration.ofSeconds(8),
          Duration.ofSeconds(10));

  public SinkSettings {
    if (insertTimeout.compareTo(sessionTimeout) >= 0) {
      throw new IllegalArgumentException(
          "insert timeout %s is not below session timeout %s"
              .formatted(insertTimeout, sessionTimeout));
    }
  }

  public SinkSettings withInsertsPerSecond(int inserts) {
    return new SinkSettings(
        maxRows, maxBytes, maxAge, inserts, maxBufferedBytes, insertTimeout, sessionTimeout);
  }

  /** Age at which a batch leaves while this many partitions hold records. */
  Duration ageFor(int busyPartitions) {
    Duration share = Duration.ofSeconds(busyPartitions).dividedBy(insertsPerSecond);
    return share.compareTo(maxAge) > 0 ? share : maxAge;
  }
}
