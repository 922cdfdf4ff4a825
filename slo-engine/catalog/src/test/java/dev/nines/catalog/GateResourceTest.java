// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static dev.nines.catalog.Samples.CONFIG;
import static dev.nines.catalog.Samples.admin;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nines.embedded.KafkaProcess;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.Journal;
import dev.nines.journal.Sql;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.access.Principal;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gate and overrides on a real PostgreSQL and broker; the objective says closed. */
class GateResourceTest {

  @TempDir static Path data;
  static PostgresProcess postgres;
  static KafkaProcess broker;
  static Journal journal;
  static StatusReader statuses;

  private final Principal ann = admin("t-" + UUID.randomUUID());
  private final Samples.Clock clock = new Samples.Clock();
  private final Catalog catalog = new Catalog(journal, clock, CONFIG);
  private final GateResource gate =
      new GateResource(() -> ann, catalog, statuses, new GateOverrides(journal, clock), clock);

  @BeforeAll
  static void start() {
    postgres = PostgresProcess.start(data.resolve("postgres"));
    broker = KafkaProcess.start(data.resolve("kafka"));
    KafkaClients kafka = new KafkaClients(broker.bootstrapServers());
    kafka.create(List.of(ObjectiveTopics.SLO_STATUS));
    statuses = new StatusReader(kafka, CONFIG, new CollectorRegistry());
    statuses.start();
    await().until(statuses::complete);
    journal = Journal.connect(postgres.jdbcUrl(), 4, new CollectorRegistry()).migrate();
    new Catalog(journal, new Samples.Clock(), CONFIG).migrate();
  }

  @AfterAll
  static void stop() {
    statuses.close();
    journal.close();
    broker.close();
    postgres.close();
  }

  @BeforeEach
  void apply() {
    String gated =
        Samples.yaml("a", "s", "0.999")
            .replace("{name: a}", "{name: a, annotations: {nines.dev/gate: unmeasured=closed}}");
    String free = Samples.yaml("b", "s", "0.999").replace("service: shop", "service: other");
    catalog.apply(ann, Samples.slos(gated, free), false);
    clock.pass(Duration.ofSeconds(20)); // then it is in force
  }

  @Test
  void anOverrideOpensTheGateUntilItEndsAndIsOnRecord() throws IOException {
    JsonNode denied = json(gate.ask("{\"service\":\"shop\",\"version\":\"1.2\"}"));
    assertThat(denied.at("/decision").asText()).isEqualTo("deny");
    assertThat(denied.at("/reasons/0/rule").asText()).isEqualTo("unmeasured");
    assertThat(denied.at("/override").isNull()).isTrue();
    Instant now = clock.instant();
    assertThat(denied.at("/validUntil").asText()).isEqualTo(now.plusSeconds(60).toString());

    String until = now.plusSeconds(60).toString();
    JsonNode made = json(gate.open("{\"service\":\"shop\",\"minutes\":1,\"reason\":\"a fix\"}"));
    assertThat(made.at("/until").asText()).isEqualTo(until);
    clock.pass(Duration.ofSeconds(45));
    JsonNode passed = json(gate.ask("{\"service\":\"shop\",\"version\":\"1.2\"}"));
    assertThat(passed.at("/decision").asText()).isEqualTo("allow");
    assertThat(passed.at("/override/by").asText()).isEqualTo("ann");
    assertThat(passed.at("/override/id")).isEqualTo(made.at("/id"));
    assertThat(passed.at("/validUntil").asText()).as("no longer than it").isEqualTo(until);
    assertThat(passed.at("/reasons/0/denies").asBoolean()).isTrue();
    assertThat(json(gate.list()).at("/overrides")).hasSize(1);

    clock.pass(Duration.ofSeconds(46));
    assertThat(decision("shop")).isEqualTo("deny");
    assertThat(json(gate.list()).at("/overrides")).isEmpty();
    assertThat(audited()).containsExactly("gate.override", "gate.pass");
  }

  @Test
  void anOverrideIsEndedBeforeItsTimeOnce() throws IOException {
    String id =
        json(gate.open("{\"service\":\"shop\",\"minutes\":60,\"reason\":\"a fix\"}"))
            .at("/id")
            .asText();
    assertThat(decision("shop")).isEqualTo("allow");
    clock.pass(Duration.ofSeconds(1));
    assertThat(json(gate.close(id)).at("/closed").asBoolean()).isTrue();
    assertThat(decision("shop")).isEqualTo("deny");
    assertThatThrownBy(() -> gate.close(id)).isInstanceOf(WebApplicationException.class);
    assertThat(audited()).containsExactly("gate.override", "gate.pass", "gate.close");
  }

  @Test
  void aSpentBudgetOfTheRegionDenies() throws Exception {
    Slo slo = GatingTest.slo("unmeasured=closed");
    SloStatus healthy = GatingTest.status(slo, "0.1", "1", 1, "");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaClients(broker.bootstrapServers()).producer("gate-test")) {
      for (String scope : List.of(SloStatus.GLOBAL, "eu")) {
        SloStatus status = in(healthy, scope, scope.equals("eu") ? "1.5" : "0.1");
        byte[] value = new JsonSerde<>(SloStatus.class).write(status);
        String topic = ObjectiveTopics.SLO_STATUS.name();
        producer.send(new ProducerRecord<>(topic, 0, status.key().getBytes(UTF_8), value)).get();
      }
    }
    SloId id = new SloId(ann.tenant(), "a");
    await().until(() -> statuses.of(id, 1).size() == 2);
    assertThat(decision("shop")).isEqualTo("allow");
    JsonNode denied = json(gate.ask("{\"service\":\"shop\",\"region\":\"eu\"}"));
    assertThat(denied.at("/decision").asText()).isEqualTo("deny");
    assertThat(denied.at("/reasons/0/scope").asText()).isEqualTo("eu");
    assertThat(denied.at("/reasons/0/text").asText()).startsWith("150 % of the error budget");
  }

  private SloStatus in(SloStatus like, String scope, String spent) {
    return new SloStatus(
        new SloId(ann.tenant(), "a"),
        1,
        1,
        scope,
        like.asOf(),
        like.target(),
        like.period(),
        like.periodFrom(),
        like.good(),
        like.total(),
        0,
        0,
        like.runGood(),
        like.runTotal(),
        0,
        new BigDecimal(spent),
        null,
        List.of(),
        like.coverage(),
        null,
        null,
        List.of(),
        null,
        List.of(),
        null);
  }

  /** After a start a budget that is exhausted may not be read yet. */
  @Test
  void untilTheBudgetsAreReadThereIsNoAnswer() {
    GateResource early =
        new GateResource(
            () -> ann,
            catalog,
            new StatusReader(new KafkaClients("127.0.0.1:1"), CONFIG, new CollectorRegistry()),
            new GateOverrides(journal, clock),
            clock);
    assertThatThrownBy(() -> early.ask("{\"service\":\"shop\"}"))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(503));
  }

  /** A name that is mistyped in a pipeline must not pass. */
  @Test
  void aServiceWithoutAGateIsAnError() {
    for (String service : List.of("other", "shopp")) {
      assertThatThrownBy(() -> gate.ask("{\"service\":\"" + service + "\"}"))
          .isInstanceOfSatisfying(
              WebApplicationException.class,
              e -> assertThat(e.getResponse().getStatus()).isEqualTo(404));
    }
  }

  @Test
  void anOverrideNeedsAReasonAndAnEndWithinADay() {
    for (String body :
        List.of(
            "{\"service\":\"shop\",\"minutes\":1441,\"reason\":\"x\"}",
            "{\"service\":\"shop\",\"minutes\":0,\"reason\":\"x\"}",
            "{\"service\":\"shop\",\"reason\":\"x\"}",
            "{\"service\":\"shop\",\"minutes\":\"soon\",\"reason\":\"x\"}",
            "{\"minutes\":5,\"reason\":\"\"}")) {
      assertThatThrownBy(() -> gate.open(body))
          .as(body)
          .isInstanceOfSatisfying(
              WebApplicationException.class,
              e -> assertThat(e.getResponse().getStatus()).isEqualTo(400));
    }
  }

  private String decision(String service) throws IOException {
    return json(gate.ask("{\"service\":\"" + service + "\"}")).at("/decision").asText();
  }

  private List<String> audited() {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                "SELECT action FROM audit WHERE tenant = ? AND action LIKE 'gate.%' ORDER BY seq",
                row -> row.getString("action"),
                ann.tenant()));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
