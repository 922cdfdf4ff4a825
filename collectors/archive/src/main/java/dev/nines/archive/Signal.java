// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.Envelope;
import dev.nines.warehouse.sink.RecordIdentity;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Accepted envelopes of one signal; a topic holds those of all signals. */
enum Signal {
  TRACES(Envelope.TRACES),
  METRICS(Envelope.METRICS);

  private final byte[] word;

  Signal(String word) {
    this.word = word.getBytes(UTF_8);
  }

  boolean has(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader("signal");
    return header != null && Arrays.equals(header.value(), word);
  }

  /** How many items the envelope says that it holds. */
  static int items(ConsumerRecord<byte[], byte[]> record) {
    Header items = record.headers().lastHeader("items");
    return items == null ? 1 : Integer.parseInt(new String(items.value(), UTF_8));
  }

  static RecordIdentity identity(ConsumerRecord<byte[], byte[]> record) {
    Acceptance acceptance = Acceptance.read(Origin.headers(record));
    return new RecordIdentity(acceptance.region(), acceptance.task(), acceptance.seq());
  }
}
