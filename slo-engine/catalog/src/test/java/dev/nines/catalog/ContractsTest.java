// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static dev.nines.catalog.Samples.CONFIG;
import static dev.nines.catalog.Samples.admin;
import static dev.nines.catalog.Samples.composite;
import static dev.nines.catalog.Samples.slos;
import static dev.nines.catalog.Samples.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.sla.Agreements.Party;
import dev.nines.objectives.sla.Exclusion;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contracts and exclusions on a real PostgreSQL, as of any instant. */
class ContractsTest {

  private static final YearMonth MARCH = YearMonth.of(2026, 3);

  @TempDir static Path data;
  static PostgresProcess postgres;
  static Journal journal;
  static String example;

  private final String tenant = "t-" + UUID.randomUUID();
  private final Principal ann = admin(tenant);
  private final Samples.Clock clock = new Samples.Clock();
  private final Exclusions exclusions = new Exclusions(journal, clock);
  private final Contracts contracts = new Contracts(journal, clock, exclusions);
  private final ContractResource resource = new ContractResource(() -> ann, contracts);
  private final ExclusionResource outside =
      new ExclusionResource(() -> ann, new Catalog(journal, clock, CONFIG), exclusions, clock);

  @BeforeAll
  static void start() throws IOException {
    postgres = PostgresProcess.start(data);
    journal = Journal.connect(postgres.jdbcUrl(), 4, new CollectorRegistry()).migrate();
    new Catalog(journal, new Samples.Clock(), CONFIG).migrate();
    example =
        Files.readString(
            Path.of(
                System.getProperty("nines.root"),
                "slo-engine/examples/contracts/acme-retail.yaml"));
  }

  @AfterAll
  static void stop() {
    journal.close();
    postgres.close();
  }

  @BeforeEach
  void haveTheSlo() {
    new Catalog(journal, clock, CONFIG)
        .apply(ann, slos(yaml("checkout-enterprise", "checkout", "0.9")), false);
  }

  @Test
  void eachChangeIsAVersionAndTheSameTextIsNone() {
    assertThat(resource.put(example, "f")).contains("\"version\":1", "\"changed\":true");
    assertThat(resource.put(example, "f")).contains("\"version\":1", "\"changed\":false");
    Instant first = clock.instant();
    clock.pass(Duration.ofMinutes(1));
    String dearer = example.replace("12500.00", "15000.00");
    assertThat(resource.put(dearer, "f")).contains("\"version\":2");
    assertThat(resource.get("acme-retail")).isEqualTo(dearer);
    assertThat(contracts.contract(tenant, "acme-retail", MARCH, first).orElseThrow().yaml())
        .isEqualTo(example);
    assertThat(contracts.contract(tenant, "acme-retail", MARCH, clock.instant()))
        .hasValueSatisfying(version -> assertThat(version.version()).isEqualTo(2));
    assertThat(resource.list()).contains("\"customer\":\"acme-retail\"", "\"version\":2");
    assertThat(audited())
        .endsWith("ann contract.put contract/acme-retail", "ann contract.put contract/acme-retail");
  }

  /** Its minutes would be of nothing. */
  @Test
  void aCompositeIsRefusedAndItsComponentsAreTaken() {
    String paths = example.replace("slo: checkout-enterprise", "slo: path");
    new Catalog(journal, clock, CONFIG)
        .apply(ann, slos(composite("path", "target=0.9", "cart", "payment")), false);
    assertThatThrownBy(() -> resource.put(paths, "f"))
        .isInstanceOf(WebApplicationException.class)
        .hasMessageContaining(
            "is a composite, which has no minutes; name its components: path.cart, path.payment");
    assertThat(resource.put(paths.replace("slo: path", "slo: path.cart"), "f"))
        .contains("\"changed\":true");
  }

  @Test
  void aVersionHoldsFromItsMonthOn() {
    resource.put(example, "f");
    clock.pass(Duration.ofMinutes(1));
    resource.put(example.replace("validFrom: 2026-01", "validFrom: 2026-04"), "f");
    Instant now = clock.instant();
    assertThat(contracts.contract(tenant, "acme-retail", MARCH, now).orElseThrow().version())
        .isEqualTo(1);
    assertThat(
            contracts
                .contract(tenant, "acme-retail", MARCH.plusMonths(1), now)
                .orElseThrow()
                .version())
        .isEqualTo(2);
    assertThat(contracts.contract(tenant, "acme-retail", MARCH.minusMonths(3), now)).isEmpty();
  }

  @Test
  void anEndedContractIsReadAsOfBefore() {
    resource.put(example, "f");
    Instant before = clock.instant();
    clock.pass(Duration.ofMinutes(1));
    assertThat(contracts.parties()).contains(new Party(tenant, "acme-retail"));
    resource.end("acme-retail");
    assertRefused(404, "there is no contract", () -> resource.end("acme-retail"));
    assertRefused(404, "there is no contract", () -> resource.get("acme-retail"));
    assertThat(contracts.parties()).doesNotContain(new Party(tenant, "acme-retail"));
    assertThat(contracts.contract(tenant, "acme-retail", MARCH, before)).isPresent();
    assertThat(contracts.contract(tenant, "acme-retail", MARCH, clock.instant())).isEmpty();
    assertThat(resource.put(example, "f")).contains("\"version\":2");
  }

  @Test
  void aContractThatIsWrongIsRefusedWithEveryMistake() {
    assertRefused(
        400,
        "; 1 more\",",
        () -> resource.put(example.replace("EUR", "EURO").replace("minute", "hour"), "f"));
    assertRefused(
        400,
        "unknown-slo",
        () -> resource.put(example.replace("checkout-enterprise", "none"), "f"));
    String ofAcme =
        example.replace("slo: checkout-enterprise", "slo: checkout-enterprise\n      group: acme");
    assertRefused(400, "no-groups", () -> resource.put(ofAcme, "f"));
    new Catalog(journal, clock, CONFIG)
        .apply(
            ann,
            slos(
                yaml("checkout-enterprise", "checkout", "0.9")
                    .replace("enterprise}", "enterprise, annotations: {nines.dev/group: c.id}}")),
            false);
    assertThat(resource.put(ofAcme, "f")).contains("\"version\":1");
    contracts.end(ann, "acme-retail");
    assertThat(contracts.list(tenant)).isEmpty();
  }

  @Test
  void exclusionsAreKnownFromWhenTheyWereDeclaredUntilWithdrawn() {
    Instant from = Instant.parse("2026-03-04T05:00:00Z");
    Instant before = clock.instant().minusSeconds(1);
    outside.declare(draft(""));
    Exclusion made = found(from, clock.instant()).getFirst();
    assertThat(made.declaredAt()).isEqualTo(clock.instant());
    Instant declared = clock.instant();
    clock.pass(Duration.ofMinutes(1));
    outside.withdraw(made.id());
    assertThat(found(from, before)).isEmpty();
    assertThat(found(from, declared)).containsExactly(made);
    assertThat(found(from, clock.instant())).isEmpty();
    assertThat(outside.list(null, null, null, null, false)).isEqualTo("{\"exclusions\":[]}");
    assertRefused(404, "there is no exclusion", () -> outside.withdraw(made.id()));
    assertThat(audited())
        .endsWith(
            "ann exclusion.declare exclusion/" + made.id(),
            "ann exclusion.withdraw exclusion/" + made.id());
  }

  @Test
  void exclusionsOfAnotherCustomerOrTenantAreNotMine() {
    outside.declare(draft("\"customer\":\"other\","));
    outside.declare(draft("\"customer\":\"acme-retail\","));
    assertThat(found(Instant.parse("2026-03-04T05:00:00Z"), clock.instant())).hasSize(1);
    assertThat(exclusions.find("x-" + tenant, "", Instant.EPOCH, clock.instant(), clock.instant()))
        .isEmpty();
  }

  @Test
  void badExclusionsAreRefusedWithEveryField() {
    String bad =
        "{\"kind\":\"weather\",\"from\":\"2026-03-04T05:00:01Z\",\"to\":\"2026-03-04T05:00:00Z\","
            + "\"announcedAt\":\"2027-01-01T00:00:00Z\"}";
    for (String rule : List.of("one-of", "order", "minute", "range", "required")) {
      assertRefused(400, "\"rule\":\"" + rule + "\"", () -> outside.declare(bad));
    }
  }

  @Test
  void definitionsAreThoseOfTheLines() {
    clock.pass(Duration.ofMinutes(2));
    new Catalog(journal, clock, CONFIG)
        .apply(ann, slos(yaml("checkout-enterprise", "other", "0.9")), false);
    assertThat(contracts.definitions(tenant, "checkout-enterprise", Set.of(1L, 2L)))
        .extracting(Slo::line)
        .containsExactly(1L, 2L);
    assertThat(contracts.definitions(tenant, "checkout-enterprise", Set.of(2L)))
        .extracting(slo -> ((SpanIndicator) slo.indicator()).service())
        .containsExactly("other");
  }

  private List<Exclusion> found(Instant from, Instant knownAt) {
    return contracts.exclusions(
        tenant, "acme-retail", from, from.plus(Duration.ofHours(1)), knownAt);
  }

  private static String draft(String customer) {
    return "{"
        + customer
        + "\"kind\":\"maintenance\",\"from\":\"2026-03-04T05:00:00Z\","
        + "\"to\":\"2026-03-04T06:00:00Z\",\"announcedAt\":\"2026-03-01T00:00:00Z\","
        + "\"reason\":\"database upgrade\"}";
  }

  private static void assertRefused(int status, String text, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> {
              assertThat(e.getResponse().getStatus()).isEqualTo(status);
              assertThat(String.valueOf(e.getResponse().getEntity())).contains(text);
            });
  }

  private List<String> audited() {
    return journal.transact(tx -> new AuditTrail().read(tx, tenant, 0)).stream()
        .map(row -> row.entry().actor() + " " + row.entry().action() + " " + row.entry().subject())
        .toList();
  }
}
