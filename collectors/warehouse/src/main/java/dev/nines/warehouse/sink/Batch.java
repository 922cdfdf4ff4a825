// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A range of one partition, announced in {@code position}, whose rows go into one insert a table.
 */
record Batch(
    TopicPartition partition,
    Position position,
    Plan plan,
    List<ConsumerRecord<byte[], byte[]>> records) {

  /** The same for each try of this range; no other range or mapper has it. */
  String token(String table) {
    return "%s:%s:%d:%d:%d:v%d"
        .formatted(
            table,
            partition.topic(),
            partition.partition(),
            position.next(),
            plan.last(),
            plan.mapperVersion());
  }
}
