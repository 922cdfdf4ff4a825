// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.alerts.AlertGroupEvent;
import dev.nines.alerts.AlertGroupEvent.Reason;
import dev.nines.embedded.KafkaProcess;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.Journal;
import dev.nines.journal.JournalUnavailable;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloId;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BurnConsumerTest {

  private static final String TOPIC = ObjectiveTopics.SLO_BURN.name();
  private static final JsonSerde<BurnRecord> SERDE = new JsonSerde<>(BurnRecord.class);
  private static final Duration NEVER_BLIND = Duration.ofHours(1);

  @TempDir static Path kafkaData;
  @TempDir static Path postgresData;
  static KafkaProcess kafka;
  static PostgresProcess postgres;
  static Journal journal;
  static Alerts alerts;
  static KafkaClients clients;
  static KafkaProducer<byte[], byte[]> producer;

  private final String tenant = "t-" + UUID.randomUUID();
  private final SloId slo = new SloId(tenant, "checkout");

  @BeforeAll
  static void start() {
    kafka = KafkaProcess.start(kafkaData);
    postgres = PostgresProcess.start(postgresData);
    journal = Journal.connect(postgres.jdbcUrl(), 8, new CollectorRegistry()).migrate();
    alerts = new Alerts(journal, new Outbox()).migrate();
    clients = new KafkaClients(kafka.bootstrapServers());
    clients.create(List.of(ObjectiveTopics.SLO_BURN));
    producer = clients.producer("test");
  }

  @AfterAll
  static void stop() {
    producer.close();
    journal.close();
    postgres.close();
    kafka.close();
  }

  @Test
  void burnBecomesAnAlertAndAnEventForTheIncident() {
    try (BurnConsumer consumer = consumer(NEVER_BLIND)) {
      write(Burns.change(slo, "eu", Severity.PAGE, State.FIRING));
      write(Burns.change(slo, "us", Severity.PAGE, State.FIRING));
      await().until(() -> events().size() == 2);
      consumer.check();
    }
    AlertGroupEvent second = events().getLast();
    assertThat(second.sequence()).isEqualTo(2);
    assertThat(second.reason()).isEqualTo(Reason.NEW_SCOPE);
    assertThat(second.groupKey()).isEqualTo("slo:" + slo);
    assertThat(second.conditions()).extracting(c -> c.scope()).containsExactly("eu", "us");
    assertThat(alerts.list(tenant, false)).hasSize(2);
    assertThat(alerts.list("other", true)).isEmpty();
  }

  @Test
  void vanishedTrafficIsAnAlertBesideTheBurns() {
    TopicPartition partition = new TopicPartition(TOPIC + "-" + tenant, 0);
    byte[] gone = SERDE.write(Burns.vanished(slo, "eu", State.FIRING));
    List<ConsumerRecord<byte[], byte[]>> batch =
        List.of(
            record(partition, 0, State.FIRING),
            new ConsumerRecord<>(partition.topic(), 0, 1, new byte[0], gone));
    idle().take(partition, batch);
    idle().take(partition, batch);
    assertThat(alerts.list(tenant, false))
        .extracting(alert -> alert.alert().labels().get("alertname"))
        .containsExactlyInAnyOrder("BudgetBurn", "TrafficVanished");
    assertThat(events()).hasSize(2);
    assertThat(events().getLast().conditions())
        .filteredOn(condition -> condition.traffic() != null)
        .singleElement()
        .extracting(condition -> condition.traffic().expected())
        .isEqualTo(1_840L);
  }

  @Test
  void restartedConsumerGoesOnWhereTheAlertsEnd() {
    try (BurnConsumer first = consumer(NEVER_BLIND)) {
      write(Burns.change(slo, "eu", Severity.PAGE, State.FIRING));
      await().until(() -> events().size() == 1);
      first.check();
    }
    write(Burns.change(slo, "eu", Severity.PAGE, State.RESOLVED));
    try (BurnConsumer second = consumer(NEVER_BLIND)) {
      await().until(() -> events().size() == 2);
      second.check();
    }
    assertThat(events())
        .extracting(AlertGroupEvent::state)
        .containsExactly(State.FIRING, State.RESOLVED);
  }

  @Test
  void memberThatLostItsPartitionUnknowinglyChangesNothing() {
    TopicPartition partition = new TopicPartition(TOPIC + "-" + tenant, 0);
    List<ConsumerRecord<byte[], byte[]>> early = List.of(record(partition, 0, State.FIRING));
    List<ConsumerRecord<byte[], byte[]>> all =
        List.of(record(partition, 0, State.FIRING), record(partition, 1, State.RESOLVED));
    BurnConsumer zombie = idle();
    BurnConsumer successor = idle();
    zombie.take(partition, early);
    successor.take(partition, all);
    zombie.take(partition, early);
    zombie.take(partition, all);
    assertThat(events())
        .extracting(AlertGroupEvent::state)
        .containsExactly(State.FIRING, State.RESOLVED);
  }

  @Test
  void batchThatFailsHalfWayLeavesNothingBehind() {
    TopicPartition partition = new TopicPartition(TOPIC + "-" + tenant, 0);
    List<ConsumerRecord<byte[], byte[]>> batch =
        List.of(record(partition, 0, State.FIRING), record(partition, 1, State.RESOLVED));
    journal.transact(
        tx ->
            Sql.update(
                tx,
                "ALTER TABLE burn_offset ADD CONSTRAINT crash CHECK (topic <> '"
                    + partition.topic()
                    + "' OR next_offset = 0)"));
    assertThatThrownBy(() -> idle().take(partition, batch)).isInstanceOf(JournalUnavailable.class);
    assertThat(events()).isEmpty();
    assertThat(alerts.list(tenant, true)).isEmpty();
    journal.transact(tx -> Sql.update(tx, "ALTER TABLE burn_offset DROP CONSTRAINT crash"));
    idle().take(partition, batch);
    assertThat(events()).hasSize(2);
  }

  @Test
  void lostPostgresDelaysAlertsAndLosesNone() {
    try (BurnConsumer consumer = consumer(NEVER_BLIND)) {
      write(Burns.change(slo, "eu", Severity.PAGE, State.FIRING));
      await().until(() -> events().size() == 1);
      postgres.kill();
      write(Burns.change(slo, "us", Severity.PAGE, State.FIRING));
      write(Burns.change(slo, "ap", Severity.PAGE, State.FIRING));
      postgres.restart();
      await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> events().size() == 3);
      consumer.check();
    }
    assertThat(events()).extracting(AlertGroupEvent::sequence).containsExactly(1L, 2L, 3L);
  }

  @Test
  void recordThatIsNoneIsSetAsideAndTheNextIsTaken() throws Exception {
    byte[] key = slo.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    long before = setAside();
    producer
        .send(
            new ProducerRecord<>(
                TOPIC, key, "{\"type\":".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .get();
    write(Burns.change(slo, "eu", Severity.PAGE, State.FIRING));
    try (BurnConsumer consumer = consumer(NEVER_BLIND)) {
      await().until(() -> events().size() == 1);
      consumer.check();
    }
    assertThat(setAside()).isEqualTo(before + 1);
  }

  @Test
  void silentEvaluationOpensAPlatformAlertThatASignOfLifeEnds() {
    try (BurnConsumer consumer = consumer(Duration.ofMillis(1_500))) {
      await().atMost(Duration.ofSeconds(30)).until(() -> !events().isEmpty());
      AlertGroupEvent blind = events().getFirst();
      assertThat(blind.groupKey()).isEqualTo("platform:evaluation-blind");
      assertThat(blind.title()).startsWith("SLO evaluation blind since ");
      assertThat(blind.severity()).isEqualTo(Severity.PAGE);
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                for (int i = 0; i < ObjectiveTopics.SLO_BURN.partitions(); i++) {
                  alive(i);
                }
                return events().getLast().state() == State.RESOLVED;
              });
      consumer.check();
    }
    assertThat(alerts.list(tenant, false)).isEmpty();
  }

  private BurnConsumer consumer(Duration blindAfter) {
    return consumerNotStarted(blindAfter).start();
  }

  private BurnConsumer idle() {
    return consumerNotStarted(NEVER_BLIND);
  }

  private BurnConsumer consumerNotStarted(Duration blindAfter) {
    return new BurnConsumer(
        clients,
        journal,
        alerts,
        tenant,
        InstantSource.system(),
        new CollectorRegistry(),
        blindAfter);
  }

  private ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, State state) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        new byte[0],
        SERDE.write(Burns.change(slo, "eu", Severity.PAGE, state)));
  }

  private void write(BurnRecord.Change change) {
    byte[] key = change.slo().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    send(new ProducerRecord<>(TOPIC, key, SERDE.write(change)));
  }

  private void alive(int partition) {
    BurnRecord alive = new BurnRecord.Alive(partition, Instant.EPOCH);
    send(new ProducerRecord<>(TOPIC, partition, null, SERDE.write(alive)));
  }

  private static void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private List<AlertGroupEvent> events() {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                "SELECT payload FROM outbox WHERE lane = 'incident' AND record_key LIKE ?"
                    + " ORDER BY id",
                row -> Json.read(row.getString(1), AlertGroupEvent.class),
                tenant + "/%"));
  }

  private static long setAside() {
    return journal
        .transact(tx -> Sql.row(tx, "SELECT count(*) FROM burn_set_aside", row -> row.getLong(1)))
        .orElseThrow();
  }
}
