// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import dev.nines.warehouse.Writer;
import dev.nines.warehouse.block.NativeBlock;
import io.prometheus.client.Histogram;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Forms the rows of a batch and inserts them under its token. */
final class BatchInsert {

  private final SinkTarget target;
  private final Writer writer;
  private final SinkMetrics metrics;
  private final InsertWatch watch;

  BatchInsert(SinkTarget target, Writer writer, SinkMetrics metrics, InsertWatch watch) {
    this.watch = watch;
    this.target = target;
    this.writer = writer;
    this.metrics = metrics;
  }

  /** Returns the position behind the batch once its rows are stored. */
  Position store(Batch batch) {
    RowMapper mapper = target.mapper(batch.plan().mapperVersion());
    mapper.clear();
    LastSeqs seqs = batch.position().seqs().copy();
    for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
      RecordIdentity identity = mapper.identity(record);
      if (identity == null || seqs.advance(identity)) {
        mapper.append(record);
      } else {
        metrics.repeats.labels(target.name()).inc();
      }
    }
    insert(mapper.blocks(), batch);
    mapper.stored();
    metrics.forgotten.labels(target.name()).inc(seqs.trim(Position.MAX_METADATA - 48));
    return new Position(batch.plan().last() + 1, null, seqs);
  }

  /** One after the other: when one fails, the whole batch is formed again under the same tokens. */
  private void insert(List<NativeBlock> blocks, Batch batch) {
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).rows() > 0) {
        insert(target.tables().get(i), blocks.get(i), batch);
      }
    }
  }

  private void insert(String table, NativeBlock block, Batch batch) {
    try (Histogram.Timer _ = metrics.insertSeconds.labels(target.name()).startTimer()) {
      String token = batch.token(table);
      watch.watch(table, batch.records(), () -> writer.insert(table, block, token));
    }
    metrics.rows.labels(target.name()).inc(block.rows());
    metrics.batches.labels(target.name()).inc();
  }
}
