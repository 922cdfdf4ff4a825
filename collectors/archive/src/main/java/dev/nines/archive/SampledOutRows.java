// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.Envelope;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.NativeBlock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How many spans of a batch were sampled out, as a row of {@code accounting} that stands in for
 * them: it has their batch's identity and log-append time, so that an account over any range finds
 * it where it would find the spans.
 */
final class SampledOutRows {

  private final AccountingColumns columns = new AccountingColumns();
  private final FixedColumn partition = FixedColumn.uint16("partition");
  private final FixedColumn offset = FixedColumn.uint64("offset");
  private final FixedColumn loggedAt = FixedColumn.dateTime64("logged_at", 3);
  private final NativeBlock block;

  SampledOutRows() {
    List<Column> all = new ArrayList<>(columns.all());
    all.addAll(List.of(partition, offset, loggedAt));
    block = new NativeBlock(all);
  }

  NativeBlock block() {
    return block;
  }

  /**
   * @param loggedMillis log-append time of the record that says so
   */
  void put(Origin origin, int spans, long loggedMillis) {
    columns.put(
        new AccountingEntry(
            origin.tenant(),
            origin.region(),
            Envelope.TRACES,
            Heading.SAMPLED_OUT,
            "",
            spans,
            origin.task(),
            origin.seq(),
            Instant.ofEpochMilli(origin.appendedMillis())));
    partition.put(origin.partition());
    offset.put(origin.offset());
    loggedAt.put(loggedMillis);
  }
}
