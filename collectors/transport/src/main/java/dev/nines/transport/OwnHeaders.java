// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A header that nobody read is a view of all bytes of its record: one that waits, or that was cut
 * down to its headers, would hold its body once more. Reading makes the header a copy.
 */
public final class OwnHeaders implements ConsumerInterceptor<byte[], byte[]> {

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    records.forEach(
        record ->
            record
                .headers()
                .forEach(
                    header -> {
                      header.key();
                      header.value();
                    }));
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Of no concern.
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Has no settings.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
