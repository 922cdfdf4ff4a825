// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Group;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.Check;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.RocksMemory;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The role on a real broker: SIGKILL of the broker and restarts of the role change no number. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluationBrokerTest {

  private static final Duration LONG = Duration.ofSeconds(40);
  private static final JsonSerde<CountRecord> JSON = new JsonSerde<>(CountRecord.class);
  private static final Slo SLO =
      Bench.slo(
          "checkout",
          1,
          "0.99",
          Duration.ofHours(1),
          Bench.policy(Duration.ofMinutes(9), Duration.ofMinutes(5), "10"));

  private static final Slo SLEPT =
      Bench.slo(
          "slept",
          1,
          "0.99",
          Duration.ofHours(1),
          Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));

  private static final Slo LEFT =
      Bench.slo(
          "left",
          1,
          "0.99",
          Duration.ofHours(1),
          Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));

  private static final Slo GROUPED = Bench.slo("grouped", 1, "0.99", Duration.ofHours(1));

  private Path data;
  private KafkaProcess broker;
  private KafkaClients kafka;
  private RocksMemory memory;
  private long seq;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder;
    broker = KafkaProcess.start(data.resolve("kafka"));
    kafka = new KafkaClients(broker.bootstrapServers());
    memory = new RocksMemory(64L << 20);
    kafka.create(List.of(ObjectiveTopics.OBJECTIVES, ObjectiveTopics.SLI_COUNTS));
    Generation generation =
        new Generation(
            "default", 1, Instant.now().minusSeconds(3_600), List.of(SLO, SLEPT, GROUPED, LEFT));
    write(
        ObjectiveTopics.OBJECTIVES,
        generation.key(),
        new JsonSerde<>(Generation.class).write(generation));
  }

  @AfterAll
  void stop() throws Exception {
    memory.close();
    broker.close();
  }

  @Test
  void sumsAndPagesAreExactOverKillsAndRestarts() throws Exception {
    try (Evaluation first = started()) {
      count(50, true);
      await().atMost(LONG).until(() -> runTotal(SLO) == 50);
      broker.kill();
      broker.restart();
      count(50, true);
      await().atMost(LONG).until(() -> runTotal(SLO) == 100);
      assertThat(first.check()).isInstanceOf(Check.Running.class);
    }
    try (Evaluation second = started()) {
      count(20, false);
      await().atMost(LONG).until(() -> runTotal(SLO) == 120);
      await().atMost(LONG).until(() -> firing(SLO) == 2);
      await().atMost(LONG).until(() -> ledgerTotal(SLO) == 120);
      assertThat(second.check()).isInstanceOf(Check.Running.class);
    }
    try (Evaluation third = started()) {
      count(10, false);
      await().atMost(LONG).until(() -> ledgerTotal(SLO) == 130);
      assertThat(third.check()).isInstanceOf(Check.Running.class);
    }
    assertThat(firing(SLO)).as("told once for the region and once for all").isEqualTo(2);
    assertThat(runTotal(SLO)).isEqualTo(130);
  }

  /** The thousand groups that came before a restart are the thousand after it. */
  @Test
  void groupsStayThoseThatCameFirstOverARestart() throws Exception {
    try (Evaluation before = started()) {
      groups("first", 999);
      groups("last", 1);
      await().atMost(LONG).until(() -> ledgerTotal(GROUPED) == 1_000);
      assertThat(before.check()).isInstanceOf(Check.Running.class);
    }
    try (Evaluation after = started()) {
      groups("new", 5);
      groups("last", 1);
      await().atMost(LONG).until(() -> ledgerTotal(GROUPED) == 1_006);
      assertThat(after.check()).isInstanceOf(Check.Running.class);
    }
    Map<String, Long> sums = new TreeMap<>();
    for (LedgerDelta delta : read(ObjectiveTopics.SLO_LEDGER, LedgerDelta.class)) {
      if (delta.slo().equals(GROUPED.id()) && !delta.group().startsWith("first")) {
        sums.merge(delta.group(), delta.total(), Long::sum);
      }
    }
    assertThat(sums).isEqualTo(Map.of("last0", 2L, Group.OTHER, 5L));
  }

  @Test
  void aBurnThatBeganAndEndedWhileTheRoleWasDownIsTold() throws Exception {
    Instant from = Instant.now().minusSeconds(200);
    try (Evaluation before = started()) {
      report(from, 0, 5);
      await().atMost(LONG).until(() -> runTotal(SLEPT) == 50);
      await().atMost(LONG).until(() -> before.check() instanceof Check.Running);
    }
    long alive = alive();
    try (Evaluation after = started()) {
      await().atMost(LONG).until(() -> alive() > alive);
      report(from, 5, 195);
      await().atMost(LONG).until(() -> runTotal(SLEPT) == 1_950);
      await().atMost(LONG).until(() -> firing(SLEPT) == 2);
      await().atMost(LONG).until(() -> after.check() instanceof Check.Running);
    }
  }

  @Test
  void trafficThatVanishesOverARestartIsToldOnce() throws Exception {
    Instant from = Instant.now().minusSeconds(52 * 60);
    try (Evaluation before = started()) {
      traffic(from, 0, 40, 100);
      await().atMost(LONG).until(() -> runTotal(LEFT) == 4_000);
      await().atMost(LONG).until(() -> before.check() instanceof Check.Running);
    }
    try (Evaluation after = started()) {
      traffic(from, 40, 46, 0);
      await().atMost(LONG).until(() -> vanished(BurnRecord.State.FIRING) == 2);
      await().atMost(LONG).until(() -> after.check() instanceof Check.Running);
    }
    try (Evaluation again = started()) {
      traffic(from, 46, 51, 100);
      await().atMost(LONG).until(() -> vanished(BurnRecord.State.RESOLVED) == 2);
      await().atMost(LONG).until(() -> again.check() instanceof Check.Running);
    }
    assertThat(vanished(BurnRecord.State.FIRING)).as("the region, and all").isEqualTo(2);
  }

  /** Events of each minute, and progress every ten seconds behind them. */
  private void traffic(Instant from, int first, int last, long perMinute) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer("test")) {
      byte[] key = LEFT.id().toString().getBytes(UTF_8);
      String topic = ObjectiveTopics.SLI_COUNTS.name();
      for (int minute = first; minute < last; minute++) {
        Instant at = from.plusSeconds(60L * minute);
        Cell cell = new Cell(Slices.startOf(at), perMinute, perMinute);
        CountRecord counts =
            new CountRecord.Counts(LEFT.id(), 1, "ap", at, List.of(cell), 0, "2_0", ++seq);
        int partition =
            producer.send(new ProducerRecord<>(topic, key, JSON.write(counts))).get().partition();
        for (int second = 10; second <= 60; second += 10) {
          Instant to = at.plusSeconds(second);
          CountRecord progress =
              new CountRecord.CompleteTo("ap", 0, 1, to, to.minusSeconds(30), false, "2_0", ++seq);
          producer.send(new ProducerRecord<>(topic, partition, key, JSON.write(progress)));
        }
      }
      producer.flush();
    }
  }

  private long vanished(BurnRecord.State state) {
    return read(ObjectiveTopics.SLO_BURN, BurnRecord.class).stream()
        .filter(
            record -> record instanceof BurnRecord.Vanished vanished && vanished.state() == state)
        .count();
  }

  /** Each second ten events, which fail from second 80 to 110, and the progress behind them. */
  private void report(Instant from, int first, int last) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer("test")) {
      for (int second = first; second < last; second++) {
        Instant at = from.plusSeconds(second);
        Cell cell = new Cell(Slices.startOf(at), second >= 80 && second < 110 ? 0 : 10, 10);
        byte[] counts =
            JSON.write(
                new CountRecord.Counts(SLEPT.id(), 1, "us", at, List.of(cell), 0, "1_0", ++seq));
        byte[] key = SLEPT.id().toString().getBytes(UTF_8);
        String topic = ObjectiveTopics.SLI_COUNTS.name();
        int partition = producer.send(new ProducerRecord<>(topic, key, counts)).get().partition();
        byte[] progress =
            JSON.write(
                new CountRecord.CompleteTo(
                    "us", 0, 1, at, at.minusSeconds(30), false, "1_0", ++seq));
        producer.send(new ProducerRecord<>(topic, partition, key, progress)).get();
      }
    }
  }

  private long alive() {
    return read(ObjectiveTopics.SLO_BURN, BurnRecord.class).stream()
        .filter(BurnRecord.Alive.class::isInstance)
        .count();
  }

  private Evaluation started() {
    EvaluationConfig config =
        EvaluationConfig.of(broker.bootstrapServers(), data.resolve("state"), "0");
    Evaluation evaluation = new Evaluation(config, memory, new CollectorRegistry());
    evaluation.start();
    return evaluation;
  }

  /** One record of as many groups with one event each. */
  private void groups(String prefix, int count) throws Exception {
    Instant now = Instant.now();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cells.add(new Cell(Slices.startOf(now), 1, 1, 0, prefix + i));
    }
    CountRecord record =
        new CountRecord.Counts(
            GROUPED.id(), 1, "eu", now, "c.id", cells, 0, Source.SPANS, false, "2_0", ++seq);
    write(ObjectiveTopics.SLI_COUNTS, GROUPED.id().toString(), JSON.write(record));
  }

  /** Records of one event each. */
  private void count(int records, boolean good) throws Exception {
    for (int i = 0; i < records; i++) {
      Instant now = Instant.now();
      CountRecord record =
          new CountRecord.Counts(
              SLO.id(),
              1,
              "eu",
              now,
              List.of(new Cell(Slices.startOf(now), good ? 1 : 0, 1)),
              0,
              "0_0",
              ++seq);
      write(ObjectiveTopics.SLI_COUNTS, SLO.id().toString(), JSON.write(record));
    }
  }

  private void write(Topic topic, String key, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer("test")) {
      producer.send(new ProducerRecord<>(topic.name(), key.getBytes(), value)).get();
    }
  }

  private long runTotal(Slo slo) {
    return read(ObjectiveTopics.SLO_STATUS, SloStatus.class).stream()
        .filter(status -> status.slo().equals(slo.id()) && !status.scope().equals("global"))
        .mapToLong(SloStatus::runTotal)
        .max()
        .orElse(0);
  }

  private long ledgerTotal(Slo slo) {
    return read(ObjectiveTopics.SLO_LEDGER, LedgerDelta.class).stream()
        .filter(delta -> delta.slo().equals(slo.id()))
        .mapToLong(LedgerDelta::total)
        .sum();
  }

  private long firing(Slo slo) {
    return read(ObjectiveTopics.SLO_BURN, BurnRecord.class).stream()
        .filter(
            record ->
                record instanceof BurnRecord.Change change
                    && change.slo().equals(slo.id())
                    && change.state() == BurnRecord.State.FIRING)
        .count();
  }

  private <T> List<T> read(Topic topic, Class<T> type) {
    JsonSerde<T> json = new JsonSerde<>(type);
    List<T> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null, Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(json.read(r.value())));
      }
    }
    return values;
  }
}
