// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a sink is.
 *
 * @param lag records read or readable and not yet stored
 * @param lastError of the last failed try; null once a try succeeds
 */
public record SinkHealth(
    String name,
    State state,
    long lag,
    @Nullable Instant lastStoredAt,
    @Nullable String lastError) {

  /** What a sink is doing. */
  public enum State {
    STARTING,
    RUNNING,
    /** ClickHouse or Kafka is away, or a record is broken: it tries again for ever. */
    RETRYING,
    /** A later process with the same instance id took over. */
    REPLACED,
    CLOSED
  }
}
