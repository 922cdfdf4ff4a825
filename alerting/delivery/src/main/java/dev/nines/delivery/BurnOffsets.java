// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Delivery's own offsets. Whoever changes alerts from a partition holds the lock of its row, so a
 * member that lost the partition without knowing it finds its records done and changes nothing.
 */
final class BurnOffsets {

  private static final String LOCK =
      """
      INSERT INTO burn_offset (topic, partition, next_offset) VALUES (?, ?, 0)
      ON CONFLICT (topic, partition) DO UPDATE SET next_offset = burn_offset.next_offset
      RETURNING next_offset""";

  private BurnOffsets() {}

  static long lock(Connection tx, TopicPartition partition) throws SQLException {
    return Sql.row(tx, LOCK, row -> row.getLong(1), partition.topic(), partition.partition())
        .orElseThrow();
  }

  static void save(Connection tx, TopicPartition partition, long next) throws SQLException {
    Sql.update(
        tx,
        "UPDATE burn_offset SET next_offset = ? WHERE topic = ? AND partition = ?",
        next,
        partition.topic(),
        partition.partition());
  }

  /** When the first record within the age was set aside. */
  static Optional<Instant> setAside(Connection tx, Duration age) throws SQLException {
    return Sql.rows(
            tx,
            """
            SELECT min(at) AS first FROM burn_set_aside
            WHERE at > clock_timestamp() - ? * interval '1 millisecond'""",
            row -> Optional.ofNullable(Sql.nullableInstant(row, "first")),
            age.toMillis())
        .getFirst();
  }

  static void setAside(Connection tx, ConsumerRecord<byte[], byte[]> record, String reason)
      throws SQLException {
    Sql.update(
        tx,
        """
        INSERT INTO burn_set_aside (topic, partition, record_offset, reason, value)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        record.topic(),
        record.partition(),
        record.offset(),
        reason,
        record.value() == null ? new byte[0] : record.value());
  }
}
