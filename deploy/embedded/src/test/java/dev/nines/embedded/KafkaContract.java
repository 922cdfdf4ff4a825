// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Nines asks of a broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KafkaContract {

  private Subject broker;
  private KafkaClients clients;

  abstract Subject startBroker();

  /** Why the kit can't run here; each of its tests is then reported as skipped. */
  Optional<String> missing() {
    return Optional.empty();
  }

  @BeforeAll
  void start() {
    if (missing().isPresent()) {
      return;
    }
    broker = startBroker();
    clients = new KafkaClients(broker.address());
  }

  @BeforeEach
  void skipWhereMissing() {
    missing().ifPresent(Assumptions::abort);
  }

  @AfterAll
  void stop() {
    if (broker != null) {
      clients.close();
      broker.close();
    }
  }

  @Test
  void createsTopicsOnlyWhenAsked() throws Exception {
    clients.createTopic("asked", 3);
    assertThat(clients.partitions("asked")).isEqualTo(3);
    assertThatThrownBy(() -> clients.createTopic("asked", 3))
        .hasCauseInstanceOf(TopicExistsException.class);
    assertThatThrownBy(() -> clients.partitions("never-asked"))
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
  }

  @Test
  void keepsTopicSettings() throws Exception {
    NewTopic compacted = new NewTopic("compacted", 1, (short) 1);
    compacted.configs(
        Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime"));
    clients.create(compacted);
    assertThat(clients.topicSetting("compacted", "cleanup.policy")).isEqualTo("compact");
    assertThat(clients.topicSetting("compacted", "message.timestamp.type"))
        .isEqualTo("LogAppendTime");
  }

  @Test
  void takesRecordsOfOneMebibyte() throws Exception {
    clients.createTopic("large", 1);
    try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
      producer.send(new ProducerRecord<>("large", "k", "x".repeat(1 << 20))).get();
    }
    assertThat(clients.readCommitted("large", 1).getFirst()).hasSize(1 << 20);
  }

  @Test
  void showsOnlyCommittedTransactions() throws Exception {
    clients.createTopic("tx", 1);
    clients.createTopic("tx-source", 1);
    TopicPartition source = new TopicPartition("tx-source", 0);
    Map<String, Object> transactional = Map.of("transactional.id", "contract");
    try (KafkaProducer<String, String> producer = clients.producer(transactional)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("tx", "aborted"));
      producer.sendOffsetsToTransaction(
          Map.of(source, new OffsetAndMetadata(7)), clients.groupMetadata("tx-group"));
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("tx", "committed"));
      producer.sendOffsetsToTransaction(
          Map.of(source, new OffsetAndMetadata(8, "plan")), clients.groupMetadata("tx-group"));
      producer.commitTransaction();
    }
    assertThat(clients.readCommitted("tx", 1)).containsExactly("committed");
    assertThat(clients.committed("tx-group", source)).isEqualTo(new OffsetAndMetadata(8, "plan"));
  }

  @Test
  void endsAnAbandonedTransactionByItself() throws Exception {
    clients.createTopic("abandoned", 1);
    Map<String, Object> shortLived =
        Map.of("transactional.id", "abandoned", "transaction.timeout.ms", 1000);
    try (KafkaProducer<String, String> abandoned = clients.producer(shortLived);
        KafkaProducer<String, String> plain = clients.producer(Map.of())) {
      abandoned.initTransactions();
      abandoned.beginTransaction();
      abandoned.send(new ProducerRecord<>("abandoned", "never committed")).get();
      plain.send(new ProducerRecord<>("abandoned", "behind it")).get();
      assertThat(clients.readCommitted("abandoned", 1)).containsExactly("behind it");
    }
  }

  @Test
  void aStaticMemberComesBackWithoutRebalance() throws Exception {
    clients.createTopic("static", 2);
    try (KafkaConsumer<String, String> other = clients.member("static-group", "other")) {
      Rebalances rebalances = new Rebalances();
      KafkaConsumer<String, String> first = clients.member("static-group", "first");
      other.subscribe(List.of("static"), rebalances);
      first.subscribe(List.of("static"));
      pollUntilBothHaveOne(other, first);
      Set<TopicPartition> before = Set.copyOf(first.assignment());
      int rebalancesBefore = rebalances.count();
      first.close();
      try (KafkaConsumer<String, String> again = clients.member("static-group", "first")) {
        again.subscribe(List.of("static"));
        pollUntilBothHaveOne(other, again);
        assertThat(again.assignment()).isEqualTo(before);
        assertThat(rebalances.count()).isEqualTo(rebalancesBefore);
      }
    }
  }

  @Test
  void losesNothingAcknowledgedBySigkill() throws Exception {
    clients.createTopic("durable", 2);
    int records = 20_000;
    Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    CountDownLatch half = new CountDownLatch(records / 2);
    List<Integer> stored = new ArrayList<>();
    Map<String, Object> patient = Map.of("delivery.timeout.ms", 60_000, "batch.size", 512);
    try (KafkaProducer<String, String> producer = clients.producer(patient)) {
      Thread sender =
          Thread.ofPlatform().start(() -> sendNumbers(producer, records, acknowledged, half));
      assertThat(half.await(60, TimeUnit.SECONDS)).isTrue();
      broker.kill();
      broker.restart();
      sender.join();
      producer.flush();
    }
    clients
        .readCommitted("durable", acknowledged.size())
        .forEach(v -> stored.add(Integer.valueOf(v)));
    assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
    assertThat(acknowledged).hasSizeGreaterThan(records / 2);
  }

  private static void sendNumbers(
      KafkaProducer<String, String> producer,
      int records,
      Set<Integer> acknowledged,
      CountDownLatch half) {
    for (int i = 0; i < records; i++) {
      int number = i;
      producer.send(
          new ProducerRecord<>("durable", Integer.toString(i), Integer.toString(i)),
          (_, failure) -> {
            if (failure == null) {
              acknowledged.add(number);
              half.countDown();
            }
          });
    }
  }

  private static void pollUntilBothHaveOne(
      KafkaConsumer<String, String> one, KafkaConsumer<String, String> two) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              one.poll(Duration.ofMillis(50));
              two.poll(Duration.ofMillis(50));
              return one.assignment().size() == 1 && two.assignment().size() == 1;
            });
  }
}
