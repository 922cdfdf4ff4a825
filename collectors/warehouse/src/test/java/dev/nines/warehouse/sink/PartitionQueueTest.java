// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import static dev.nines.warehouse.sink.ExactSinkTest.SETTINGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How long a poll may wait for more. */
class PartitionQueueTest {

  private static final Duration AGE = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofHours(1);

  private final PartitionQueue queue =
      new PartitionQueue(
          new TopicPartition("t.a", 0),
          new Position(0, null, new LastSeqs()),
          CountedRows.target("t"));

  @Test
  void nothingWaitsForRecordsAndOneForItsAge() {
    assertThat(untilDue(0)).isGreaterThan(LONG);
    queue.add(record(0, 1), 0);
    assertThat(untilDue(0)).isEqualTo(AGE);
    assertThat(untilDue(AGE.toNanos() / 4)).isEqualTo(Duration.ofMillis(750));
    assertThat(untilDue(AGE.toNanos() * 3)).isZero();
  }

  @Test
  void aFullOneIsDueAtOnce() {
    queue.add(record(0, SETTINGS.maxRows()), 0);
    assertThat(untilDue(0)).isZero();
  }

  /** It may need records that are not fetched yet. */
  @Test
  void aPlanWaitsForRecordsAndNotForTime() {
    queue.add(record(0, SETTINGS.maxRows()), 0);
    queue.cut(SETTINGS);
    assertThat(untilDue(AGE.toNanos() * 3)).isGreaterThan(LONG);
  }

  private Duration untilDue(long nowNanos) {
    return queue.untilDue(SETTINGS, AGE, nowNanos);
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, int rows) {
    byte[] value = "task %d %d".formatted(offset, rows).getBytes(UTF_8);
    return new ConsumerRecord<>("t.a", 0, offset, new byte[0], value);
  }
}
