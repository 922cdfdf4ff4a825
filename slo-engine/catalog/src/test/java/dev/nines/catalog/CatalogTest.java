// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static dev.nines.catalog.Samples.CONFIG;
import static dev.nines.catalog.Samples.admin;
import static dev.nines.catalog.Samples.slos;
import static dev.nines.catalog.Samples.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nines.catalog.backfill.Backfills;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.ChangeEvent;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.access.Principal.Right;
import dev.nines.transport.KafkaClients;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control data on a real PostgreSQL, through the resources where they have a say. */
class CatalogTest {

  /** Until the first generation is in force, whatever the clock shows. */
  private static final Duration FIRST = Duration.ofSeconds(15);

  @TempDir static Path data;
  static PostgresProcess postgres;
  static Journal journal;

  private final String tenant = "t-" + UUID.randomUUID();
  private final Principal ann = admin(tenant);
  private final Samples.Clock clock = new Samples.Clock();
  private final Catalog catalog = new Catalog(journal, clock, CONFIG);
  private final Tokens tokens = new Tokens(journal, clock, CONFIG);
  private final SloResource slos =
      new SloResource(
          () -> ann,
          catalog,
          new StatusReader(new KafkaClients("127.0.0.1:1"), CONFIG, new CollectorRegistry()),
          new Backfills(journal),
          new Exclusions(journal, clock),
          (slo, at) -> Optional.empty(),
          clock);
  private final ChangeResource changes =
      new ChangeResource(() -> ann, new Changes(journal, clock), clock);
  private final TokenResource tokenResource = new TokenResource(() -> ann, tokens);

  @BeforeAll
  static void start() {
    postgres = PostgresProcess.start(data);
    journal = Journal.connect(postgres.jdbcUrl(), 8, new CollectorRegistry()).migrate();
    new Catalog(journal, new Samples.Clock(), CONFIG).migrate().migrate();
  }

  @AfterAll
  static void stop() {
    journal.close();
    postgres.close();
  }

  @Test
  void oneApplyIsOneGenerationOneAuditRowAndOneMessage() throws Exception {
    Applied applied =
        Json.read(
            slos.apply(yaml("a", "s", "0.9") + yaml("b", "s", "0.9"), false, false, "f"),
            Applied.class);
    assertThat(applied.generation()).isEqualTo(1);
    assertThat(applied.added()).containsExactly("a", "b");
    assertThat(applied.slos()).containsExactly("a", "b");
    assertThat(messages()).containsExactly("control.objectives " + tenant + "/1");
    Generation sent = Json.read(payloads().getFirst(), Generation.class);
    assertThat(sent).isEqualTo(catalog.latest(tenant).orElseThrow());
    assertThat(audited()).containsExactly("ann objectives.apply generation/1");

    clock.pass(FIRST);
    JsonNode shown = new ObjectMapper().readTree(slos.get("a"));
    assertThat(shown.at("/slo/target").asText()).isEqualTo("0.9");
    assertThat(shown.at("/slo/period").asText()).isEqualTo("PT720H");
    assertThat(shown.at("/inForce").asBoolean()).isTrue();
    assertThat(new ObjectMapper().readTree(slos.list()).at("/slos")).hasSize(2);
  }

  @Test
  void theSameAgainMakesNoGeneration() {
    catalog.apply(ann, Samples.slos(yaml("a", "s", "0.9")), false);
    Applied again = catalog.apply(ann, Samples.slos(yaml("a", "s", "0.9")), true);
    assertThat(again.changed()).isFalse();
    assertThat(again.generation()).isEqualTo(1);
    assertThat(messages()).hasSize(1);
    assertThat(audited()).hasSize(1);
  }

  @Test
  void aGenerationToComeIsNotInForce() throws Exception {
    catalog.apply(ann, Samples.slos(yaml("a", "s", "0.9")), false);
    clock.pass(FIRST);
    Applied second = catalog.apply(ann, Samples.slos(yaml("a", "s", "0.99")), false);
    assertThat(second.updated()).containsExactly("a");
    assertThat(catalog.inForce(tenant, clock.instant()).orElseThrow().number()).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(slos.get("a")).at("/inForce").asBoolean()).isFalse();
    clock.pass(Duration.ofSeconds(70));
    assertThat(catalog.inForce(tenant, clock.instant()).orElseThrow().number()).isEqualTo(2);
    assertThat(new ObjectMapper().readTree(slos.get("a")).at("/inForce").asBoolean()).isTrue();
  }

  /** Another SLO's change is to come: what it leaves as it is goes on. */
  @Test
  void whatAGenerationToComeDoesNotChangeStaysInForce() throws Exception {
    catalog.apply(ann, Samples.slos(yaml("a", "s", "0.9"), yaml("b", "s", "0.9")), false);
    clock.pass(FIRST);
    catalog.apply(ann, Samples.slos(yaml("b", "s", "0.99"), yaml("c", "s", "0.9")), false);
    assertThat(new ObjectMapper().readTree(slos.get("a")).at("/inForce").asBoolean()).isTrue();
    JsonNode listed = new ObjectMapper().readTree(slos.list()).at("/slos");
    assertThat(listed.findValuesAsText("inForce")).containsExactly("true", "false", "false");
  }

  /** What waits is not exported, and the export of what runs changes nothing. */
  @Test
  void whatIsInForceIsExportedAndAppliesAsItself() {
    assertThat(slos.export("")).isEmpty();
    catalog.apply(ann, Samples.slos(yaml("a", "s", "0.90"), yaml("b", "s", "0.9")), false);
    clock.pass(FIRST);
    String running = slos.export("");
    assertThat(running.split("---\n")).hasSize(2);
    assertThat(slos.export("a")).contains("name: a\n", "target: 0.90\n").doesNotContain("name: b");
    assertRefused(404, "no SLO 'c' is in force", () -> slos.export("c"));
    catalog.apply(ann, Samples.slos(yaml("a", "s", "0.99"), yaml("c", "s", "0.9")), false);
    assertThat(slos.export("")).isEqualTo(running);
    clock.pass(Duration.ofSeconds(70));
    assertThat(slos.export("a")).contains("target: 0.99\n");
    Applied again = Json.read(slos.apply(slos.export(""), true, false, "f"), Applied.class);
    assertThat(again.changed()).isFalse();
    assertThat(again.notes()).isEmpty();
  }

  @Test
  void dialectsAreAppliedWhereTheyAreAskedFor() {
    String dialect = yaml("a", "s", "'0.9'");
    assertRefused(400, "quoted-number", () -> slos.apply(dialect, false, false, "f"));
    Applied applied = Json.read(slos.apply(dialect, false, true, "f"), Applied.class);
    assertThat(applied.added()).containsExactly("a");
    assertThat(applied.warnings())
        .containsExactly(
            "f:15:25 spec.objectives[0].target: '0.9' is a text; lenient reading reads the number");
    clock.pass(FIRST);
    assertThat(slos.export("a")).contains("target: 0.9\n");
  }

  @Test
  void removalIsAGeneration() {
    catalog.apply(ann, slos(yaml("a", "s", "0.9"), yaml("b", "s", "0.9")), false);
    Applied removed = Json.read(slos.remove("a"), Applied.class);
    assertThat(removed.generation()).isEqualTo(2);
    assertThat(removed.removed()).containsExactly("a");
    assertRefused(404, "there is no SLO 'a'", () -> slos.remove("a"));
    assertRefused(404, "there is no SLO 'a'", () -> slos.get("a"));
    assertThat(audited())
        .containsExactly("ann objectives.apply generation/1", "ann objectives.remove generation/2");
  }

  @Test
  void aDryRunChangesNothing() {
    Applied dry = Json.read(slos.check(yaml("a", "s", "0.9"), false, false, "f"), Applied.class);
    assertThat(dry.dryRun()).isTrue();
    assertThat(dry.added()).containsExactly("a");
    assertThat(catalog.latest(tenant)).isEmpty();
    assertThat(messages()).isEmpty();
  }

  @Test
  void invalidYamlIsRefusedWithEveryViolation() {
    String body = yaml("a", "s", "2") + yaml("a", "s", "x");
    assertThatThrownBy(() -> slos.apply(body, false, false, "f.yaml"))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> {
              assertThat(e.getResponse().getStatus()).isEqualTo(400);
              assertThat(e.getResponse().getMediaType()).hasToString("application/problem+json");
              assertThat(String.valueOf(e.getResponse().getEntity()))
                  .contains("; 2 more\",", "\"file\":\"f.yaml\"", "\"line\":15")
                  .contains("spec.objectives[0].target", "\"rule\":\"duplicate\"");
            });
    assertThat(catalog.latest(tenant)).isEmpty();
  }

  @Test
  void limitsAreRefusedBeforeAnythingIsWritten() {
    Catalog small = new Catalog(journal, clock, new CatalogConfig(Duration.ZERO, 1, 1, 1, 1));
    assertThatThrownBy(
            () -> small.apply(ann, slos(yaml("a", "s", "0.9"), yaml("b", "s", "0.9")), false))
        .isInstanceOf(Catalog.TooManyObjectives.class)
        .hasMessage("2 SLOs; at most 1 may be");
    assertThat(catalog.latest(tenant)).isEmpty();
    Tokens few = new Tokens(journal, clock, new CatalogConfig(Duration.ZERO, 1, 1, 1, 1));
    few.create(ann, "one", "", Set.of(Right.READ));
    assertThatThrownBy(() -> few.create(ann, "two", "", Set.of(Right.READ)))
        .isInstanceOf(Tokens.TooManyTokens.class);
  }

  @Test
  void appliesAtOnceAreOneAfterAnother() {
    int applies = 24;
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, applies)
          .forEach(
              i -> many.execute(() -> catalog.apply(ann, slos(yaml("s" + i, "s", "0.9")), false)));
    }
    Generation latest = catalog.latest(tenant).orElseThrow();
    assertThat(latest.number()).isEqualTo(applies);
    assertThat(latest.slos()).hasSize(applies);
    assertThat(latest.slos())
        .extracting(Slo::line)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, applies).boxed().toList());
  }

  @Test
  void aTenantSeesNothingOfAnother() {
    catalog.apply(ann, slos(yaml("a", "s", "0.9")), false);
    changes.create("{\"service\":\"checkout\",\"kind\":\"deploy\"}");
    Tokens.Created token = tokens.create(ann, "ci", "", Set.of(Right.READ));
    Principal eve = admin("other-" + tenant);
    assertThat(catalog.latest(eve.tenant())).isEmpty();
    assertThat(catalog.remove(eve, "a")).isEmpty();
    assertThat(
            new ChangeResource(() -> eve, new Changes(journal, clock), clock)
                .list(null, null, null))
        .isEqualTo("{\"changes\":[]}");
    assertThat(tokens.list(eve.tenant())).isEmpty();
    assertThat(tokens.revoke(eve, token.row().id())).isEmpty();
    assertThat(tokens.find(token.token())).isPresent();
  }

  @Test
  void changesAreKeptSentAndFound() {
    changes.create("{\"service\":\"checkout\",\"kind\":\"deploy\",\"version\":\"4.8.0\"}");
    clock.pass(Duration.ofMinutes(1));
    changes.create(
        "{\"service\":\"cart\",\"kind\":\"flag\",\"at\":\"2026-03-04T04:00:00Z\",\"region\":\"eu\"}");
    assertThat(changes.list(null, null, null))
        .containsSubsequence("\"checkout\"", "4.8.0", "2026-03-04T05:06:07Z", "\"cart\"");
    assertThat(changes.list("2026-03-04T05:00:00Z", null, null))
        .contains("checkout")
        .doesNotContain("cart");
    assertThat(changes.list(null, null, "cart")).contains("cart").doesNotContain("checkout");
    assertThat(messages()).hasSize(2).allMatch(message -> message.startsWith("control.changes "));
    assertThat(audited()).hasSize(2).allMatch(row -> row.startsWith("ann change.record change/"));
    assertThat(told()).hasSize(2).allMatch(change -> change.tenant().equals(tenant));
  }

  @Test
  void badChangesAreRefusedWithEveryField() {
    assertRefused(
        400,
        "{\"field\":\"at\",\"rule\":\"time\"",
        () -> changes.create("{\"kind\":\"Deploy!\",\"at\":\"noon\"}"));
    assertRefused(400, "\"field\":\"service\",\"rule\":\"required\"", () -> changes.create("{}"));
    assertRefused(
        400,
        "\"field\":\"servce\",\"rule\":\"unknown-field\",\"value\":\"\",\"message\":\"unknown field"
            + " at line 1, column",
        () -> changes.create("{\"servce\":\"x\"}"));
    assertRefused(400, "is no JSON at line 2", () -> changes.create("{\n]"));
    assertRefused(400, "is no object", () -> changes.create("null"));
    assertRefused(
        400,
        "\"rule\":\"range\"",
        () -> changes.create("{\"service\":\"a\",\"kind\":\"b\",\"at\":\"2027-01-01T00:00:00Z\"}"));
    assertRefused(400, "is after to", () -> changes.list("2027-01-01T00:00:00Z", null, null));
    assertThat(messages()).isEmpty();
  }

  @Test
  void aTokenIsToldOnceAndKeptAsItsHash() throws Exception {
    JsonNode created =
        new ObjectMapper()
            .readTree(
                tokenResource.create(
                    "{\"name\":\"ci\",\"region\":\"eu\",\"rights\":[\"READ\",\"RESPOND\"]}"));
    String token = created.at("/token").asText();
    assertThat(token).matches("nines_[A-Za-z0-9_-]{43}");
    assertThat(tokens.find(token))
        .contains(new Principal(tenant, "ci", "eu", Set.of(Right.READ, Right.RESPOND)));
    assertThat(tokens.find(token + "x")).isEmpty();
    assertThat(tokenResource.list()).contains("\"ci\"").doesNotContain(token.substring(6));
    assertThat(payloads()).hasSize(1).noneMatch(payload -> payload.contains(token));

    String id = created.at("/row/id").asText();
    assertThat(tokenResource.revoke(id)).contains("\"revokedAt\":\"2026-03-04T05:06:07Z\"");
    tokenResource.revoke(id);
    assertThat(tokens.find(token)).isEmpty();
    assertThat(payloads()).hasSize(2).last().asString().contains("\"revoked\":true");
    assertThat(audited())
        .containsExactly("ann token.create token/" + id, "ann token.revoke token/" + id);
    assertRefused(404, "there is no token 'none'", () -> tokenResource.revoke("none"));
    assertRefused(
        400,
        "'rights' is",
        "is none of WRITE_TELEMETRY, READ, RESPOND, ADMINISTER",
        () -> tokenResource.create("{\"name\":\"x\",\"rights\":[\"ROOT\"]}"));
  }

  @Test
  void theAdministratorsFileIsATokenOnce(@TempDir Path folder) throws IOException {
    String token = "nines_" + UUID.randomUUID();
    Path file = Files.writeString(folder.resolve("admin.token"), token + "\n");
    tokens.ensureTenant(tenant, file);
    tokens.ensureTenant(tenant, file);
    assertThat(tokens.find(token).orElseThrow().rights()).contains(Right.values());
    assertThat(messages()).hasSize(1);
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThatThrownBy(() -> tokens.ensureTenant(tenant, empty))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(int status, String text, ThrowingCallable call) {
    assertRefused(status, text, text, call);
  }

  private static void assertRefused(int status, String text, String other, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> {
              assertThat(e.getResponse().getStatus()).isEqualTo(status);
              assertThat(String.valueOf(e.getResponse().getEntity())).containsAnyOf(text, other);
            });
  }

  private List<String> messages() {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                "SELECT destination || ' ' || record_key FROM outbox"
                    + " WHERE payload LIKE ? AND lane = 'control' ORDER BY id",
                row -> row.getString(1),
                "%\"" + tenant + "\"%"));
  }

  /** What incident, in its turn, tells providers. */
  private List<ChangeEvent> told() {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                "SELECT payload FROM outbox WHERE payload LIKE ? AND lane = ? ORDER BY id",
                row -> Json.read(row.getString(1), ChangeEvent.class),
                "%\"" + tenant + "\"%",
                ChangeEvent.LANE));
  }

  private List<String> payloads() {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                "SELECT payload FROM outbox WHERE payload LIKE ? AND lane = 'control' ORDER BY id",
                row -> row.getString(1),
                "%\"" + tenant + "\"%"));
  }

  private List<String> audited() {
    return journal.transact(tx -> new AuditTrail().read(tx, tenant, 0)).stream()
        .map(row -> row.entry().actor() + " " + row.entry().action() + " " + row.entry().subject())
        .toList();
  }
}
