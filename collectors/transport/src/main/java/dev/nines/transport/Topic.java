// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Kafka topic as a typed constant of the stage that writes it.
 *
 * @param partitions never changed in place: keys would move
 * @param retention how long records stay; zero means for ever
 * @param compacted keeps the last value of a key
 * @param stampedByLog records carry log-append time instead of the producer's time
 */
public record Topic(
    String name, int partitions, Duration retention, boolean compacted, boolean stampedByLog) {

  /** A topic that forgets after {@code retention}. */
  public static Topic kept(String name, int partitions, Duration retention) {
    return new Topic(name, partitions, retention, false, false);
  }

  /** A topic that keeps the last value of each key. */
  public static Topic compacted(String name, int partitions) {
    return new Topic(name, partitions, Duration.ZERO, true, false);
  }

  public Topic withLogAppendTime() {
    return new Topic(name, partitions, retention, compacted, true);
  }

  /** The broker's settings for this topic. */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("cleanup.policy", compacted ? "compact" : "delete");
    settings.put("retention.ms", retention.isZero() ? "-1" : Long.toString(retention.toMillis()));
    settings.put("message.timestamp.type", stampedByLog ? "LogAppendTime" : "CreateTime");
    return settings;
  }
}
