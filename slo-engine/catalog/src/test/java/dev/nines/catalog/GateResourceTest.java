// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static dev.nines.catalog.Samples.CONFIG;
import static dev.nines.catalog.Samples.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.Journal;
import dev.nines.journal.Sql;
import dev.nines.objectives.access.Principal;
import dev.nines.transport.KafkaClients;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gate and overrides on a real PostgreSQL; nothing was counted, and the objective says closed. */
class GateResourceTest {

  @TempDir static Path data;
  static PostgresProcess postgres;
  static Journal journal;

  private final Principal ann = admin("t-" + UUID.randomUUID());
  private final Samples.Clock clock = new Samples.Clock();
  private final Catalog catalog = new Catalog(journal, clock, CONFIG);
  private final GateResource gate =
      new GateResource(
          () -> ann,
          catalog,
          new StatusReader(new KafkaClients("127.0.0.1:1"), CONFIG, new CollectorRegistry()),
          new GateOverrides(journal, clock),
          clock);

  @BeforeAll
  static void start() {
    postgres = PostgresProcess.start(data);
    journal = Journal.connect(postgres.jdbcUrl(), 4, new CollectorRegistry()).migrate();
    new Catalog(journal, new Samples.Clock(), CONFIG).migrate();
  }

  @AfterAll
  static void stop() {
    journal.close();
    postgres.close();
  }

  @BeforeEach
  void apply() {
    String gated =
        Samples.yaml("a", "s", "0.999")
            .replace("{name: a}", "{name: a, annotations: {nines.dev/gate: unmeasured=closed}}");
    String free = Samples.yaml("b", "s", "0.999").replace("service: shop", "service: other");
    catalog.apply(ann, Samples.slos(gated, free), false);
  }

  @Test
  void anOverrideOpensTheGateUntilItEndsAndIsOnRecord() throws IOException {
    JsonNode denied = json(gate.ask("{\"service\":\"shop\",\"version\":\"1.2\"}"));
    assertThat(denied.at("/decision").asText()).isEqualTo("deny");
    assertThat(denied.at("/reasons/0/rule").asText()).isEqualTo("unmeasured");
    assertThat(denied.at("/override").isNull()).isTrue();
    Instant now = clock.instant();
    assertThat(denied.at("/validUntil").asText()).isEqualTo(now.plusSeconds(60).toString());

    String until = now.plusSeconds(90).toString();
    JsonNode made =
        json(gate.open("{\"service\":\"shop\",\"until\":\"" + until + "\",\"reason\":\"a fix\"}"));
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
    String until = clock.instant().plusSeconds(3_600).toString();
    String id =
        json(gate.open("{\"service\":\"shop\",\"until\":\"" + until + "\",\"reason\":\"a fix\"}"))
            .at("/id")
            .asText();
    assertThat(decision("shop")).isEqualTo("allow");
    clock.pass(Duration.ofSeconds(1));
    assertThat(json(gate.close(id)).at("/closed").asBoolean()).isTrue();
    assertThat(decision("shop")).isEqualTo("deny");
    assertThatThrownBy(() -> gate.close(id)).isInstanceOf(WebApplicationException.class);
    assertThat(audited()).containsExactly("gate.override", "gate.pass", "gate.close");
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
    String late = clock.instant().plus(Duration.ofHours(25)).toString();
    String past = clock.instant().toString();
    for (String body :
        List.of(
            "{\"service\":\"shop\",\"until\":\"" + late + "\",\"reason\":\"x\"}",
            "{\"service\":\"shop\",\"until\":\"" + past + "\",\"reason\":\"x\"}",
            "{\"service\":\"shop\",\"reason\":\"x\"}",
            "{\"service\":\"shop\",\"until\":\"" + late.replace("T", "x") + "\",\"reason\":\"x\"}",
            "{\"until\":\"2026-03-04T06:00:00Z\",\"reason\":\"\"}")) {
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
