// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks Kafka how far a consumer group of some process has come. Used by one thread. */
public final class GroupLag implements AutoCloseable {

  private final KafkaClients kafka;
  private final String group;
  private @Nullable Admin admin;

  public GroupLag(KafkaClients kafka, String group) {
    this.kafka = kafka;
    this.group = group;
  }

  /**
   * Offsets between what it committed and the last committed record; 0 of a group that never was,
   * empty when Kafka does not say.
   */
  public OptionalLong records() {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed = committed();
      Map<TopicPartition, OffsetSpec> wanted =
          committed.keySet().stream()
              .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
      long lag = 0;
      for (var end :
          admin()
              .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
              .all()
              .get()
              .entrySet()) {
        OffsetAndMetadata at = committed.get(end.getKey());
        lag += at == null ? 0 : Math.max(0, end.getValue().offset() - at.offset());
      }
      return OptionalLong.of(lag);
    } catch (ExecutionException | KafkaException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed()
      throws ExecutionException, InterruptedException {
    return admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
  }

  private Admin admin() {
    if (admin == null) {
      admin = kafka.admin();
    }
    return admin;
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close();
    }
  }
}
