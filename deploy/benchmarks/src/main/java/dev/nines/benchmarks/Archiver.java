// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import org.apache.kafka.clients.producer.ProducerRecord;

/** A running process that brings spans from a topic into a table. */
interface Archiver extends AutoCloseable {

  /** In tables and messages. */
  String name();

  long pid();

  /** A batch of {@code SpanBatch.SPANS} spans as this process reads them. */
  ProducerRecord<byte[], byte[]> record(long number, byte[] batch);

  /** {@code database.table}, a row a span. */
  String table();

  /** Whether each span must be in the table once; else it may be there twice. */
  boolean isExact();

  @Override
  void close();
}
