// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import dev.nines.transport.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what was committed, as others read it. */
record LogReader(KafkaClients kafka) {

  private static final Duration POLL = Duration.ofMillis(100);

  /** Everything that is there now. */
  void readAll(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null, Map.of())) {
      List<TopicPartition> partitions = partitions(consumer, topics);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(receiver);
      }
    }
  }

  /**
   * Gives what comes from now on, until that is enough.
   *
   * @return when it was enough, or the deadline when it never was
   */
  Instant follow(String topic, Instant deadline, Predicate<ConsumerRecord<byte[], byte[]>> enough) {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null, Map.of())) {
      List<TopicPartition> partitions = partitions(consumer, List.of(topic));
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (Instant.now().isBefore(deadline)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (enough.test(record)) {
            return Instant.now();
          }
        }
      }
    }
    return deadline;
  }

  /** Records that a process without any copy would read to have the state of all tasks. */
  long changelogRecords(String application) {
    long[] count = {0};
    readAll(changelogs(application), record -> count[0]++);
    return count[0];
  }

  private List<String> changelogs(String application) {
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null, Map.of())) {
      return consumer.listTopics().keySet().stream()
          .filter(topic -> topic.startsWith(application) && topic.endsWith("-changelog"))
          .toList();
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, Collection<String> topics) {
    return topics.stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }
}
