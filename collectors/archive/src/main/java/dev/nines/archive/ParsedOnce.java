// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.transport.JsonSerde;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The sink asks for a record's identity and then for its rows: parses once for both. */
final class ParsedOnce<T> {

  private final JsonSerde<T> json;
  private @Nullable ConsumerRecord<byte[], byte[]> lastRead;
  private @Nullable T lastValue;

  ParsedOnce(Class<T> type) {
    json = new JsonSerde<>(type);
  }

  /** Null where the record has no value, as in a compacted topic. */
  @SuppressWarnings("ReferenceEquality")
  @Nullable T read(ConsumerRecord<byte[], byte[]> record) {
    if (record != lastRead) {
      byte @Nullable [] value = record.value();
      lastValue = value == null ? null : json.read(value);
      lastRead = record;
    }
    return lastValue;
  }
}
