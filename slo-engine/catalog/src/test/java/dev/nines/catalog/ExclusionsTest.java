// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static dev.nines.catalog.Samples.CONFIG;
import static dev.nines.catalog.Samples.admin;
import static dev.nines.catalog.Samples.composite;
import static dev.nines.catalog.Samples.slos;
import static dev.nines.catalog.Samples.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.catalog.backfill.Backfills;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.objectives.Slo;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.ledger.Accounts.Account;
import dev.nines.objectives.ledger.Accounts.ScopeAccounts;
import dev.nines.objectives.sla.Exclusion;
import dev.nines.transport.KafkaClients;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.WebApplicationException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an exclusion, on a real PostgreSQL, as known at any instant. */
class ExclusionsTest {

  private static final Instant FROM = Instant.parse("2026-03-04T05:00:00Z");
  private static final Instant TO = FROM.plus(Duration.ofHours(1));

  @TempDir static Path data;
  static PostgresProcess postgres;
  static Journal journal;

  private final String tenant = "t-" + UUID.randomUUID();
  private final Principal ann = admin(tenant);
  private final Principal bob = new Principal(tenant, "bob", "", ann.rights());
  private final Samples.Clock clock = new Samples.Clock();
  private final Exclusions exclusions = new Exclusions(journal, clock);
  private final Catalog catalog = new Catalog(journal, clock, CONFIG);
  private final ExclusionResource asAnn =
      new ExclusionResource(() -> ann, catalog, exclusions, clock);
  private final ExclusionResource asBob =
      new ExclusionResource(() -> bob, catalog, exclusions, clock);
  private final Slo checkout =
      slos(yaml("checkout-availability", "checkout", "0.9")).slos().getFirst().of(tenant, 1);

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
  void haveTheSlos() {
    String checkout = yaml("checkout-availability", "checkout", "0.9");
    String other = yaml("other", "other", "0.9");
    catalog.apply(ann, slos(checkout, other, composite("path", "target=0.9", "a", "b")), false);
  }

  @Test
  void budgetsLeaveItOutFromTheApprovalOfASecondPersonUntilItIsWithdrawn() {
    String id = declare("");
    Instant declared = pass();
    assertRefused(409, "you declared it", () -> asAnn.approve(id));
    assertRefused(409, "you declared it", () -> asAnn.reject(id));
    assertThat(asBob.approve(id))
        .contains(
            "\"approved\":true",
            "\"is\":\"approved\"",
            "\"by\":\"bob\"",
            "\"before\":{\"is\":\"declared\",\"by\":\"ann\"");
    Instant approved = pass();
    assertRefused(409, "it was approved by bob", () -> asBob.reject(id));
    asBob.withdraw(id);
    Instant gone = pass();
    assertRefused(409, "it was withdrawn by bob", () -> asBob.approve(id));
    assertRefused(404, "there is no exclusion", () -> asBob.withdraw(id));
    assertRefused(404, "there is no exclusion", () -> asBob.approve("none"));

    assertThat(leftOut(declared)).isEmpty();
    assertThat(leftOut(approved)).containsExactly(id);
    assertThat(leftOut(gone)).isEmpty();
    assertThat(list(declared, false)).contains("\"is\":\"declared\"").doesNotContain("approved");
    assertThat(list(gone, false)).isEqualTo("{\"exclusions\":[]}");
    assertThat(list(gone, true)).contains("\"is\":\"withdrawn\"", "\"is\":\"approved\"");
    assertThat(audited())
        .containsExactly(
            "ann exclusion.declare exclusion/" + id,
            "bob exclusion.approve exclusion/" + id,
            "bob exclusion.withdraw exclusion/" + id);
  }

  @Test
  void whatWasRejectedIsOverAlsoForContracts() {
    String id = declare("");
    Instant declared = pass();
    assertThat(exclusions.find(tenant, "acme", FROM, TO, declared)).hasSize(1);
    asBob.reject(id);
    Instant rejected = pass();
    assertThat(exclusions.find(tenant, "acme", FROM, TO, declared)).hasSize(1);
    assertThat(exclusions.find(tenant, "acme", FROM, TO, rejected)).isEmpty();
    assertRefused(409, "it was rejected by bob", () -> asAnn.withdraw(id));
    assertRefused(409, "it was rejected by bob", () -> asBob.approve(id));
    assertThat(audited()).endsWith("bob exclusion.reject exclusion/" + id);
  }

  @Test
  void itIsOfOneSloOfAServiceOrOfAll() {
    List<String> mine = new ArrayList<>();
    mine.add(approved("\"slo\":\"checkout-availability\","));
    mine.add(
        approved("\"service\":\"" + checkout.service() + "\",\"regions\":[\"us\",\"eu\",\"us\"],"));
    mine.add(approved(""));
    approved("\"slo\":\"other\",");
    approved("\"service\":\"search\",");
    approved("\"customer\":\"acme\",");
    assertThat(leftOut(clock.instant())).containsExactlyInAnyOrderElementsOf(mine);
    assertThat(exclusions.approved(checkout, FROM, TO, clock.instant()))
        .extracting(Exclusion::regions)
        .containsExactlyInAnyOrder(List.of(), List.of(), List.of("eu", "us"));
    assertThat(exclusions.approved(checkout, TO, TO.plusSeconds(60), clock.instant())).isEmpty();
  }

  /** The composite has no ledger; its components have. */
  @Test
  void thatOfACompositeIsOfItsComponents() {
    String id = approved("\"slo\":\"path\",");
    approved("\"slo\":\"path.b\",");
    Slo component = slos(composite("path", "target=0.9", "a", "b")).slos().get(1).of(tenant, 1);
    assertThat(component.id().name()).isEqualTo("path.a");
    assertThat(exclusions.approved(component, FROM, TO, clock.instant()))
        .extracting(Exclusion::id)
        .containsExactly(id);
    assertThat(
            exclusions.approved(component, FROM, TO, clock.instant()).getFirst().touches(component))
        .isTrue();
  }

  @Test
  void whatContradictsItselfIsRefused() {
    assertRefused(400, "stands beside slo", () -> declare("\"slo\":\"a\",\"service\":\"b\","));
    assertRefused(
        400,
        "leaves out no service or region",
        () -> declare("\"customer\":\"a\",\"regions\":[\"eu\"],"));
    assertRefused(400, "is no region's name", () -> declare("\"regions\":[\"eu west\"],"));
  }

  /** One that has ended may still be left out of the time that it had. */
  @Test
  void thatOfNoSloIsRefused() {
    assertRefused(400, "is no SLO, and never was", () -> declare("\"slo\":\"chekout\","));
    catalog.remove(ann, "other");
    assertThat(declare("\"slo\":\"other\",")).isNotEmpty();
    assertThat(declare("\"slo\":\"path.a\",")).isNotEmpty();
  }

  @Test
  void anSloIsShownWithBothAccountsOnceAnExclusionOfItsPeriodIsApproved() {
    List<ScopeAccounts> accounts = new ArrayList<>();
    SloResource resource =
        new SloResource(
            () -> ann,
            catalog,
            new StatusReader(new KafkaClients("127.0.0.1:1"), CONFIG, new CollectorRegistry()),
            new Backfills(journal),
            exclusions,
            (slo, at) -> accounts.isEmpty() ? Optional.empty() : Optional.of(accounts),
            clock);
    String id = declare("");
    assertThat(resource.get("checkout-availability")).doesNotContain("\"excluded\"");
    exclusions.approve(bob, id);
    assertThat(resource.get("checkout-availability"))
        .as("the store does not answer")
        .contains("\"excluded\":{\"exclusions\":1,\"accounts\":null}");
    Account account = new Account(9, 1, 10, 0, 0, "0.900000000", BigDecimal.ONE, null);
    accounts.add(new ScopeAccounts("global", 60, account, account));
    assertThat(resource.get("checkout-availability"))
        .contains("\"excludedMinutes\":60,\"live\":{\"good\":9,", "\"adjusted\":{");
    assertThat(resource.list()).doesNotContain("\"excluded\"");
  }

  @Test
  void noMoreAreApprovedThanBudgetsCanLeaveOut() {
    for (int i = 0; i < Exclusions.APPROVED_MAX; i++) {
      approved("");
    }
    String late = declare("");
    assertRefused(409, "500 are approved within 94 days", () -> asBob.approve(late));
    asBob.withdraw(exclusions.approved(checkout, FROM, TO, clock.instant()).getFirst().id());
    assertThat(asBob.approve(late)).contains("\"is\":\"approved\"");
  }

  /** Each step at random, against a list of what was in force after it. */
  @Test
  void anyInstantIsKnownAsItWasThen() {
    Random random = new Random(7);
    List<String> ids = new ArrayList<>();
    List<String> approved = new ArrayList<>();
    List<Instant> instants = new ArrayList<>();
    List<List<String>> expected = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String id = ids.isEmpty() ? "" : ids.get(random.nextInt(ids.size()));
      switch (random.nextInt(4)) {
        case 0 -> ids.add(declare(""));
        case 1 -> {
          if (exclusions.approve(bob, id) instanceof Exclusions.Step.Done) {
            approved.add(id);
          }
        }
        case 2 -> {
          if (exclusions.withdraw(ann, id) instanceof Exclusions.Step.Done) {
            approved.remove(id);
          }
        }
        default -> exclusions.reject(bob, id);
      }
      instants.add(pass());
      expected.add(List.copyOf(approved));
    }
    assertThat(expected).anyMatch(each -> each.size() > 2);
    for (int i = 0; i < instants.size(); i++) {
      assertThat(leftOut(instants.get(i))).containsExactlyInAnyOrderElementsOf(expected.get(i));
    }
  }

  private String approved(String scope) {
    String id = declare(scope);
    exclusions.approve(bob, id);
    return id;
  }

  private String declare(String scope) {
    String made =
        asAnn.declare(
            "{"
                + scope
                + "\"kind\":\"maintenance\",\"from\":\""
                + FROM
                + "\",\"to\":\""
                + TO
                + "\",\"reason\":\"database upgrade\"}");
    assertThat(made).contains("\"is\":\"declared\"", "\"by\":\"ann\"");
    return made.substring(made.indexOf(':') + 2, made.indexOf(':') + 38);
  }

  /** The last instant at which nothing else has happened yet. */
  private Instant pass() {
    Instant known = clock.instant();
    clock.pass(Duration.ofSeconds(1));
    return known;
  }

  private List<String> leftOut(Instant knownAt) {
    return exclusions.approved(checkout, FROM, TO, knownAt).stream().map(Exclusion::id).toList();
  }

  private String list(Instant knownAt, boolean all) {
    return asAnn.list(FROM.toString(), TO.toString(), null, knownAt.toString(), all);
  }

  private List<String> audited() {
    return journal.transact(tx -> new AuditTrail().read(tx, tenant, 0)).stream()
        .map(row -> row.entry().actor() + " " + row.entry().action() + " " + row.entry().subject())
        .filter(text -> text.contains(" exclusion."))
        .toList();
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
}
