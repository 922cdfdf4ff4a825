// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class OwnHeadersTest {

  private static final TopicPartition PLACE = new TopicPartition("t", 0);

  @Test
  void aHeaderHoldsNoMoreThanItself() {
    byte[] record = new byte[1 << 20];
    record[0] = 'k';
    record[1] = 'v';
    Header header = new RecordHeader(ByteBuffer.wrap(record, 0, 1), ByteBuffer.wrap(record, 1, 1));
    WeakReference<byte[]> bytes = new WeakReference<>(record);
    record = new byte[0];

    ConsumerRecords<byte[], byte[]> consumed = new OwnHeaders().onConsume(records(header));

    for (int i = 0; i < 10 && !bytes.refersTo(null); i++) {
      System.gc();
    }
    assertThat(bytes.refersTo(null)).isTrue();
    Header read = consumed.iterator().next().headers().lastHeader("k");
    assertThat(read.value()).isEqualTo(new byte[] {'v'});
  }

  private static ConsumerRecords<byte[], byte[]> records(Header header) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            PLACE.topic(),
            PLACE.partition(),
            0,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            new byte[0],
            new byte[0],
            new RecordHeaders(List.of(header)),
            Optional.empty());
    return new ConsumerRecords<>(Map.of(PLACE, List.of(record)), Map.of());
  }
}
