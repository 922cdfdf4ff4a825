// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the broker has, asked of the broker. */
final class KafkaLog implements AutoCloseable {

  /** As many as role collector gives its own topic. */
  static final int PARTITIONS = 4;

  private final Admin admin;

  KafkaLog(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  void create(String topic, int partitions) {
    get(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all());
  }

  /** Records of all partitions; none is deleted while a benchmark runs. */
  long records(String topic) {
    return ends(topic).values().stream().mapToLong(ListOffsetsResultInfo::offset).sum();
  }

  /**
   * Records that a group has still to commit, of a topic where each transaction is a backlog. The
   * last thing in a partition is the mark that ends one, which a group may have passed or not.
   */
  long behind(String group, String topic) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    long behind = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends(topic).entrySet()) {
      @Nullable OffsetAndMetadata read = committed.get(end.getKey());
      behind += Math.max(0, end.getValue().offset() - 1 - (read == null ? 0 : read.offset()));
    }
    return behind;
  }

  /** Names of topics that begin so. */
  List<String> topics(String prefix) {
    return get(admin.listTopics().names()).stream()
        .filter(name -> name.startsWith(prefix))
        .sorted()
        .toList();
  }

  private Map<TopicPartition, ListOffsetsResultInfo> ends(String topic) {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
    return get(admin.listOffsets(ends).all());
  }

  @Override
  public void close() {
    admin.close();
  }

  private static <T> T get(Future<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new BenchFailedException("Kafka: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailedException("interrupted while Kafka was asked");
    }
  }
}
