// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import dev.nines.warehouse.Writer;
import dev.nines.warehouse.block.NativeBlock;
import io.prometheus.client.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Forms the rows of a batch and inserts them under its token. */
final class BatchInsert {

  private final SinkTarget target;
  private final Writer writer;
  private final SinkMetrics metrics;

  BatchInsert(SinkTarget target, Writer writer, SinkMetrics metrics) {
    this.target = target;
    this.writer = writer;
    this.metrics = metrics;
  }

  /** Returns the position behind the batch once its rows are stored. */
  Position store(Batch batch) {
    RowMapper mapper = target.mapper(batch.plan().mapperVersion());
    NativeBlock block = mapper.block();
    block.clear();
    LastSeqs seqs = batch.position().seqs().copy();
    for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
      RecordIdentity identity = mapper.identity(record);
      if (identity == null || seqs.advance(identity)) {
        mapper.append(record);
      } else {
        metrics.repeats.labels(target.name()).inc();
      }
    }
    if (block.rows() > 0) {
      insert(block, batch);
    }
    metrics.forgotten.labels(target.name()).inc(seqs.trim(Position.MAX_METADATA - 48));
    return new Position(batch.plan().last() + 1, null, seqs);
  }

  private void insert(NativeBlock block, Batch batch) {
    try (Histogram.Timer _ = metrics.insertSeconds.labels(target.name()).startTimer()) {
      writer.insert(target.table(), block, batch.token(target.table()));
    }
    metrics.rows.labels(target.name()).inc(block.rows());
    metrics.batches.labels(target.name()).inc();
  }
}
