// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Real clients of one broker, with the settings that Nines uses. */
final class KafkaClients implements AutoCloseable {

  private final String bootstrapServers;
  private final Admin admin;

  KafkaClients(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  void createTopic(String name, int partitions) throws Exception {
    create(new NewTopic(name, partitions, (short) 1));
  }

  void create(NewTopic topic) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(topic)).all().get();
  }

  int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  String topicSetting(String topic, String setting) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(setting).value();
  }

  OffsetAndMetadata committed(String group, TopicPartition partition) throws Exception {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .get(partition);
  }

  ConsumerGroupMetadata groupMetadata(String group) {
    return new ConsumerGroupMetadata(group);
  }

  KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrapServers);
    config.put("acks", "all");
    config.put("enable.idempotence", true);
    config.put("max.request.size", 2 << 20);
    config.putAll(more);
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  /** A static member of a group by the classic protocol. */
  KafkaConsumer<String, String> member(String group, String instance) {
    return consumer(
        Map.of(
            "group.id",
            group,
            "group.instance.id",
            instance,
            "group.protocol",
            "classic",
            "session.timeout.ms",
            30_000));
  }

  /** Values of a topic from its start, all partitions, until so many are there or 30 s are over. */
  List<String> readCommitted(String topic, int count) throws Exception {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int i = 0; i < partitions(topic); i++) {
        partitions.add(new TopicPartition(topic, i));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      boolean more = true;
      while (more && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
        more =
            values.size() < count
                || consumer.endOffsets(partitions).entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
      }
      consumer.poll(Duration.ofMillis(300)).forEach(record -> values.add(record.value()));
    }
    return values;
  }

  @Override
  public void close() {
    admin.close();
  }

  private KafkaConsumer<String, String> consumer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrapServers);
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", false);
    config.putAll(more);
    return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }
}
