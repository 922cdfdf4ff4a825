// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.incident.response.ResponseSettings;
import dev.nines.incident.response.Timeline;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.ChangeEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page names the change that came before it; the figures follow when the spans are stored. */
class ChangeInPageTest extends WorldTest {

  private static final Duration SOON = Duration.ofMillis(200);

  private final StoredEvidence evidence = new StoredEvidence();
  private Provider provider;

  @BeforeEach
  void open() throws IOException {
    provider = new Provider();
  }

  @AfterEach
  void nothingElseWasSent() {
    provider.close();
  }

  @Test
  void thePageNamesTheChangeAndTheFiguresFollow() throws InterruptedException {
    try (IncidentRole role = running()) {
      change("c-1", "checkout", "", Duration.ofMinutes(4));
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      Provider.Message page = provider.next();
      assertThat(page.event()).isEqualTo("trigger");
      assertThat(page.body().path("summary").asText())
          .startsWith("Checkout availability in eu-west-1 burns")
          .endsWith("; deploy of checkout 2.4.1, 4 min before");
      assertThat(page.body().path("changes").path(0).path("id").asText()).isEqualTo("c-1");
      Provider.Message update = provider.next();
      assertThat(update.event()).isEqualTo("update");
      assertThat(update.body().path("incident")).isEqualTo(page.body().path("incident"));
      assertThat(update.body().path("summary").asText())
          .startsWith("Rollback advised: deploy of checkout 2.4.1")
          .contains("300 of 321 bad requests (93.5 %)");
      assertThat(said(role)).isEqualTo(update.body().path("summary").asText());
    }
  }

  /** Another service's, one of a region that does not burn, one of too long ago, one of after. */
  @ParameterizedTest
  @CsvSource({
    "payment, '', PT4M",
    "checkout, us-east-1, PT4M",
    "checkout, '', PT31M",
    "checkout, '', PT-1M",
  })
  void whatCannotBeTheReasonIsNotNamed(String service, String region, Duration before)
      throws InterruptedException {
    try (IncidentRole role = running()) {
      change("c-1", service, region, before);
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      Provider.Message page = provider.next();
      assertThat(page.body().path("summary").asText()).doesNotContain("deploy");
      assertThat(page.body().has("changes")).isFalse();
      await().until(() -> done("suspect") == 1);
      assertThat(said(role)).isEmpty();
    }
  }

  /** The change came after the first failure, and before the alert. */
  @Test
  void aReceiverThatRefusesTheUpdateLosesNoPage() throws InterruptedException {
    provider.answer(200, 400);
    try (IncidentRole role = running()) {
      change("c-1", "checkout", "", Duration.ofSeconds(10));
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      assertThat(provider.next().body().path("summary").asText()).endsWith(", 10 s before");
      assertThat(provider.next().event()).isEqualTo("update");
      role.incidents().acknowledge(tenant, world.only(role, tenant).id(), "ann");
      assertThat(provider.next().event()).isEqualTo("acknowledge");
      assertThat(world.count("SELECT count(*) FROM outbox WHERE state = 'dead'")).isZero();
    }
  }

  /** The page does not wait for a store that is away; what it knows comes when it is back. */
  @Test
  void anAbsentStoreDelaysTheFiguresOnly() throws InterruptedException {
    evidence.away = true;
    try (IncidentRole role = running()) {
      change("c-1", "checkout", "eu-west-1", Duration.ofSeconds(40));
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      assertThat(provider.next().body().path("summary").asText())
          .endsWith("; deploy of checkout 2.4.1 in eu-west-1, 40 s before");
      await()
          .until(() -> world.count("SELECT max(attempts) FROM outbox WHERE lane = 'suspect'") > 1);
      evidence.away = false;
      assertThat(provider.next().event()).isEqualTo("update");
      assertThat(said(role)).startsWith("Rollback advised");
    }
  }

  @Test
  void aStoreThatStaysAwayIsNamed() throws InterruptedException {
    evidence.away = true;
    try (IncidentRole role = running()) {
      change("c-1", "checkout", "", Duration.ofMinutes(4));
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      provider.next();
      assertThat(provider.next().body().path("summary").asText())
          .isEqualTo(
              "Rollback undecided: deploy of checkout 2.4.1, 4 min before."
                  + " What its requests say is not known: ClickHouse is away.");
      assertThat(said(role)).startsWith("Rollback undecided");
    }
  }

  @Test
  void nobodyIsToldOfAnIncidentThatIsOver() throws InterruptedException {
    evidence.away = true;
    try (IncidentRole role = running()) {
      change("c-1", "checkout", "", Duration.ofMinutes(4));
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      provider.next();
      role.incidents().resolve(tenant, world.only(role, tenant).id(), "ann");
      assertThat(provider.next().event()).isEqualTo("resolve");
      evidence.away = false;
      await().until(() -> done("suspect") == 1);
      assertThat(said(role)).isEmpty();
    }
  }

  /** A second trigger would wake somebody again. */
  @Test
  void pagerDutyGetsNoUpdate() {
    try (IncidentRole role = world.role(settings(), evidence).start()) {
      world.channelOf(
          role,
          tenant,
          "duty",
          Json.write(
              Map.of(
                  "type", "pagerduty",
                  "url", "http://127.0.0.1:9/",
                  "routingKey", "0123456789abcdef0123456789abcdef")));
      change("c-1", "checkout", "", Duration.ofMinutes(4));
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      await().until(() -> done("suspect") == 1);
      assertThat(said(role)).startsWith("Rollback advised");
      assertThat(world.count("SELECT count(*) FROM page_ordered WHERE event = 'UPDATE'")).isZero();
    }
  }

  private IncidentRole running() {
    IncidentRole role = world.role(settings(), evidence).start();
    world.channel(role, tenant, "oncall", provider.url("oncall"));
    return role;
  }

  private static ResponseSettings settings() {
    return new ResponseSettings(
        World.PATIENT.ackTimeout(),
        World.PATIENT.loops(),
        World.PATIENT.reopenWithin(),
        World.PATIENT.settleAfter(),
        SOON);
  }

  /** As catalog tells it; it is kept when this returns. */
  private void change(String id, String service, String region, Duration before) {
    ChangeEvent change =
        new ChangeEvent(
            id, tenant, service, "2.4.1", region, "deploy", "", World.BURN_AT.minus(before));
    OutboxMessage message =
        new OutboxMessage(
            ChangeEvent.LANE, id + tenant, "change", "", Json.write(change), Instant.EPOCH);
    world.journal.transact(tx -> new Outbox().put(tx, message));
    await()
        .until(
            () -> world.count("SELECT count(*) FROM recent_change WHERE tenant = ?", tenant) == 1);
  }

  private static long done(String lane) {
    return world.count("SELECT count(*) FROM outbox WHERE lane = ? AND state = 'done'", lane);
  }

  /** What the timeline has of it; empty for nothing. */
  private String said(IncidentRole role) {
    return role.incidents().timeline(world.only(role, tenant)).stream()
        .filter(row -> row.kind().equals("suspect"))
        .map(Timeline.Row::text)
        .reduce("", String::concat);
  }
}
