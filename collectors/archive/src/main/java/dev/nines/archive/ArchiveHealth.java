// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.sink.SinkHealth;
import dev.nines.warehouse.sink.SinkHealth.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the role is.
 *
 * @param migrated whether the tables are up to date; sinks start then
 * @param error why they are not, or why accounting could not be read
 * @param residuals of accounting, that have lasted 60 s
 */
public record ArchiveHealth(
    boolean migrated,
    @Nullable String error,
    List<SinkHealth> sinks,
    List<ResidualWatch.Residual> residuals) {

  /** Whether everything is stored as it arrives; a residual does not stop the role. */
  public boolean isStoring() {
    return migrated && sinks.stream().allMatch(sink -> sink.state() == State.RUNNING);
  }

  /** Records that are on Kafka and not in ClickHouse. */
  public long lag() {
    return sinks.stream().mapToLong(SinkHealth::lag).sum();
  }
}
