// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static dev.nines.catalog.Samples.CONFIG;
import static dev.nines.catalog.Samples.NOW;
import static dev.nines.catalog.Samples.admin;
import static dev.nines.catalog.Samples.slos;
import static dev.nines.catalog.Samples.yaml;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.Journal;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.access.Principal.Right;
import dev.nines.transport.Check;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.LiveTable;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From PostgreSQL over the outbox and Kafka to those who read control data. */
class ControlPathTest {

  @TempDir static Path data;
  static PostgresProcess postgres;
  static KafkaProcess broker;
  static KafkaClients kafka;
  static Journal journal;
  static ControlRelay relay;

  @BeforeAll
  static void start() {
    postgres = PostgresProcess.start(data.resolve("postgres"));
    broker = KafkaProcess.start(data.resolve("kafka"));
    kafka = new KafkaClients(broker.bootstrapServers());
    kafka.create(
        List.of(
            ObjectiveTopics.OBJECTIVES,
            ObjectiveTopics.TOKENS,
            ObjectiveTopics.CHANGES,
            ObjectiveTopics.SLO_STATUS));
    journal = Journal.connect(postgres.jdbcUrl(), 8, new CollectorRegistry()).migrate();
    new Catalog(journal, new Samples.Clock(), CONFIG).migrate();
    relay = new ControlRelay(journal, kafka).start();
  }

  @AfterAll
  static void stop() {
    relay.close();
    journal.close();
    broker.close();
    postgres.close();
  }

  @Test
  void generationsReachTheirTopicAsTheyAreStored() {
    Map<String, Generation> seen = new ConcurrentHashMap<>();
    JsonSerde<Generation> json = new JsonSerde<>(Generation.class);
    try (LiveTable table =
        new LiveTable(
            kafka,
            ObjectiveTopics.OBJECTIVES,
            message -> seen.put(new String(message.key(), UTF_8), json.read(message.value())))) {
      table.awaitComplete(Duration.ofSeconds(20));
      Catalog catalog = new Catalog(journal, new Samples.Clock(), CONFIG);
      catalog.apply(admin("path"), slos(yaml("a", "s", "0.9999")), false);
      catalog.apply(admin("path"), slos(yaml("b", "s", "0.9999")), false);
      await().until(() -> seen.containsKey("path/1") && seen.containsKey("path/2"));
      assertThat(seen.get("path/2")).isEqualTo(catalog.latest("path").orElseThrow());
      assertThat(table.check()).isEqualTo(new Check.Running());
    }
    relay.check();
  }

  @Test
  void aRegionThatIsCutOffKeepsItsTokensOverARestart(@TempDir Path folder) throws IOException {
    Tokens tokens = new Tokens(journal, new Samples.Clock(), CONFIG);
    Principal caller = admin("tokens");
    Tokens.Created kept = tokens.create(caller, "agent", "eu", Set.of(Right.WRITE_TELEMETRY));
    Tokens.Created lost = tokens.create(caller, "old", "", Set.of(Right.READ));
    Path copy = folder.resolve("control.tokens.jsonl");
    try (TokenTable table = table(kafka, folder)) {
      await()
          .until(
              () -> table.find(kept.token()).isPresent() && table.find(lost.token()).isPresent());
      assertThat(table.find(kept.token())).contains(kept.row().principal());
      assertThat(table.find("nines_nobody")).isEmpty();
      tokens.revoke(caller, lost.row().id());
      await().until(() -> table.find(lost.token()).isEmpty());
      await()
          .until(() -> Files.exists(copy) && Files.readString(copy).contains("\"revoked\":true"));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(copy)).doesNotContain(kept.token());
    try (TokenTable alone = table(new KafkaClients("127.0.0.1:1"), folder)) {
      assertThat(alone.find(kept.token())).contains(kept.row().principal());
      assertThat(alone.find(lost.token())).isEmpty();
      assertThat(alone.complete()).isFalse();
      assertThat(alone.check()).isNotEqualTo(new Check.Running());
    }
  }

  @Test
  void whatWasWrittenWhileKafkaWasDeadArrivesAfterIt(@TempDir Path folder) throws IOException {
    Tokens tokens = new Tokens(journal, new Samples.Clock(), CONFIG);
    try (TokenTable table = table(kafka, folder)) {
      await().until(table::complete);
      broker.kill();
      Tokens.Created created = tokens.create(admin("dead"), "x", "", Set.of(Right.READ));
      broker.restart();
      await().atMost(40, TimeUnit.SECONDS).until(() -> table.find(created.token()).isPresent());
      assertThat(table.check()).isEqualTo(new Check.Running());
    }
    relay.check();
  }

  @Test
  void theLastStatusOfEachScopeOfALineIsShown() throws Exception {
    CollectorRegistry registry = new CollectorRegistry();
    CatalogConfig three = new CatalogConfig(Duration.ZERO, 1, 3, 1, 1);
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer("test");
        StatusReader reader = new StatusReader(kafka, three, registry)) {
      SloId slo = new SloId("status", "a");
      send(producer, status(slo, 1, "us", 7));
      send(producer, status(slo, 1, "eu", 7));
      send(producer, status(slo, 1, SloStatus.GLOBAL, 7));
      send(producer, "nonsense", "{".getBytes(UTF_8));
      send(producer, status(slo, 1, "zz", 7));
      send(producer, status(slo, 1, "eu", 8));
      reader.start();
      await()
          .until(
              () ->
                  reader.of(slo, 1).stream()
                      .map(status -> status.scope() + status.total())
                      .toList(),
              List.of("global7", "eu8", "us7")::equals);
      await().until(() -> reader.check().equals(new Check.Running()));
      assertThat(reader.of(slo, 2)).isEmpty();
      send(producer, status(slo, 1, "eu", 8).key(), null);
      send(producer, "no key of a status", null);
      send(producer, status(slo, 1, "ap", 9));
      await().until(() -> reader.of(slo, 1).stream().anyMatch(status -> status.total() == 9));
      assertThat(reader.of(slo, 1))
          .extracting(SloStatus::scope)
          .containsExactly("global", "ap", "us");
      assertThat(reader.of(new SloId("other", "a"), 1)).isEmpty();
      assertThat(refused(registry, "full")).isEqualTo(1);
      assertThat(refused(registry, "malformed")).isEqualTo(1);
    }
  }

  private static Double refused(CollectorRegistry registry, String reason) {
    return registry.getSampleValue(
        "nines_catalog_status_refused_total", new String[] {"reason"}, new String[] {reason});
  }

  private static TokenTable table(KafkaClients clients, Path folder) throws IOException {
    TokenTable table = new TokenTable(clients, folder, CONFIG, new CollectorRegistry());
    table.start();
    return table;
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, SloStatus status)
      throws Exception {
    send(producer, status.key(), new JsonSerde<>(SloStatus.class).write(status));
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String key, byte @Nullable [] value)
      throws Exception {
    String topic = ObjectiveTopics.SLO_STATUS.name();
    producer.send(new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value)).get();
  }

  private static SloStatus status(SloId slo, long line, String scope, long total) {
    return new SloStatus(
        slo,
        1,
        line,
        scope,
        NOW,
        new BigDecimal("0.9"),
        new RollingWindow(Duration.ofHours(1)),
        NOW.minus(Duration.ofHours(1)),
        total,
        total,
        0,
        0,
        total,
        total,
        0,
        BigDecimal.ZERO,
        null,
        List.of(),
        BigDecimal.ONE,
        null,
        null,
        List.of(),
        null,
        List.of(),
        null);
  }
}
