// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.Envelope;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Where the rows of one accepted record come from: its headers and its place in the log. */
record Origin(
    String tenant,
    String region,
    String task,
    long seq,
    String topic,
    int partition,
    long offset,
    long appendedMillis,
    long receivedMillis) {

  static Origin of(ConsumerRecord<byte[], byte[]> record) {
    Envelope envelope = Envelope.read(record.key(), headers(record), record.value());
    Acceptance acceptance = Acceptance.read(headers(record));
    return new Origin(
        envelope.tenant(),
        acceptance.region(),
        acceptance.task(),
        acceptance.seq(),
        record.topic(),
        record.partition(),
        record.offset(),
        acceptance.appendedAt().toEpochMilli(),
        envelope.receivedAt().toEpochMilli());
  }

  static Function<String, byte @Nullable []> headers(ConsumerRecord<byte[], byte[]> record) {
    return name -> {
      Header header = record.headers().lastHeader(name);
      return header == null ? null : header.value();
    };
  }
}
