// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.alerts.AlertGroupEvent;
import dev.nines.alerts.AlertGroupEvent.Reason;
import dev.nines.incident.response.Incident;
import dev.nines.incident.response.IncidentState;
import dev.nines.incident.response.Incidents.Answer;
import dev.nines.incident.response.ResponseSettings;
import dev.nines.incident.response.Timeline;
import dev.nines.journal.AuditTrail.Verdict;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord.State;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the alert group to the end of its incident. */
class IncidentTest extends WorldTest {

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
  void burnOpensPagesIsAcknowledgedAndResolved() throws InterruptedException {
    try (IncidentRole role = running(World.PATIENT)) {
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      Provider.Message page = provider.next();
      checkTrigger(page);
      String id = page.body().path("incident").asText();

      assertThat(role.incidents().acknowledge(tenant, id, "ann")).isInstanceOf(Answer.Done.class);
      Provider.Message acknowledged = provider.next();
      assertThat(acknowledged.event()).isEqualTo("acknowledge");
      assertThat(acknowledged.body().path("summary").asText()).startsWith("Acknowledged by ann");

      world.told(World.event(tenant, "checkout-availability", 2, State.RESOLVED));
      Provider.Message resolved = provider.next();
      assertThat(resolved.event()).isEqualTo("resolve");
      assertThat(resolved.body().path("dedupKey")).isEqualTo(page.body().path("dedupKey"));
      Incident incident = world.only(role, tenant);
      assertThat(incident.state()).isInstanceOf(IncidentState.Resolved.class);
      assertThat(incident.acknowledgedAt()).isNotNull();
      await().until(() -> kinds(role, incident).contains("paged"));
      role.check();
    }
    assertThat(world.audit(tenant)).isEqualTo(new Verdict.Intact(4));
    assertThat(world.auditActions(tenant))
        .containsExactly(
            "channel.put", "incident.triggered", "incident.acknowledged", "incident.resolved");
  }

  private void checkTrigger(Provider.Message page) {
    assertThat(page.event()).isEqualTo("trigger");
    assertThat(page.mayBeRepeat()).isFalse();
    assertThat(page.body().path("slo").asText()).isEqualTo(tenant + "/checkout-availability");
    assertThat(page.body().path("summary").asText())
        .isEqualTo(
            "Checkout availability in eu-west-1 burns its budget 36x (page above 10x over 2m and"
                + " 20s); 13 % of it is spent");
    assertThat(page.body().path("policyTrueAt").asText()).isEqualTo(World.BURN_AT.toString());
    assertThat(page.body().path("links").path("postmortem").asText())
        .startsWith("https://nines.example/api/v1/incidents/");
  }

  @Test
  void vanishedTrafficIsSaidInNumbers() throws InterruptedException {
    try (IncidentRole role = running(World.PATIENT)) {
      world.told(World.gone(tenant, "checkout-availability", 1));
      Provider.Message page = provider.next();
      assertThat(page.event()).isEqualTo("trigger");
      assertThat(page.body().path("severity").asText()).isEqualTo("page");
      assertThat(page.body().path("summary").asText())
          .isEqualTo(
              "Checkout availability in eu-west-1: traffic vanished,"
                  + " 12 of 1,840 expected requests in 5 min");
      assertThat(page.body().path("burns")).isEmpty();
      assertThat(page.body().path("vanished").path(0).path("expected").asLong()).isEqualTo(1_840);
      Incident incident = world.only(role, tenant);
      assertThat(role.postmortems().read(incident))
          .contains("- **Traffic in eu-west-1:** 12 of 1,840 expected requests in 5 min");

      AlertGroupEvent burn = World.event(tenant, "checkout-availability", 1, State.FIRING);
      world.told(World.gone(tenant, "checkout-availability", 2, burn.conditions().getFirst()));
      await().until(() -> kinds(role, incident).contains("alert_new_scope"));
      assertThat(role.incidents().timeline(incident).getLast().text())
          .isEqualTo(
              "Checkout availability in eu-west-1 burns its budget 36x (page above 10x over 2m and"
                  + " 20s); 13 % of it is spent; traffic in eu-west-1 vanished,"
                  + " 12 of 1,840 expected requests in 5 min");
    }
  }

  @Test
  void repeatedEventsChangeNothing() throws InterruptedException {
    try (IncidentRole role = running(World.PATIENT)) {
      world.told(World.event(tenant, "slo", 1, State.FIRING));
      world.told(World.event(tenant, "slo", 1, State.FIRING));
      world.told(World.event(tenant, "slo", 2, State.RESOLVED));
      world.told(World.event(tenant, "slo", 1, State.FIRING));
      world.told(World.event(tenant, "slo", 2, State.RESOLVED));
      awaitDone("incident", 5);
      awaitDone("page", 2);
      assertThat(world.only(role, tenant).state()).isInstanceOf(IncidentState.Resolved.class);
    }
    assertThat(provider.all().stream().filter(m -> m.event().equals("trigger")).count())
        .isLessThanOrEqualTo(1);
    provider.forget();
  }

  @Test
  void groupThatFiresAgainSoonReopensItsIncident() throws InterruptedException {
    try (IncidentRole role = running(World.PATIENT)) {
      fireAndResolve(role);
      world.told(World.event(tenant, "slo", 3, State.FIRING));
      Provider.Message again = provider.next();
      assertThat(again.event()).isEqualTo("trigger");
      assertThat(again.body().path("run").asInt()).isEqualTo(2);
      Incident incident = world.only(role, tenant);
      assertThat(incident.run()).isEqualTo(2);
      assertThat(incident.state()).isInstanceOf(IncidentState.Triggered.class);
    }
  }

  @Test
  void groupThatFiresAgainLaterOpensAnother() throws InterruptedException {
    ResponseSettings forgetful =
        new ResponseSettings(
            Duration.ofMinutes(5),
            3,
            Duration.ZERO,
            Duration.ofMinutes(2),
            World.PATIENT.adviseAfter());
    try (IncidentRole role = running(forgetful)) {
      fireAndResolve(role);
      world.told(World.event(tenant, "slo", 3, State.FIRING));
      assertThat(provider.next().body().path("run").asInt()).isEqualTo(1);
      assertThat(role.incidents().list(tenant, null)).hasSize(2);
      assertThat(role.incidents().list(tenant, IncidentState.Kind.TRIGGERED)).hasSize(1);
    }
  }

  @Test
  void ticketThatBecomesAPagePagesEvenAfterItsAcknowledgement() throws InterruptedException {
    try (IncidentRole role = running(World.PATIENT)) {
      world.told(World.event(tenant, "slo", 1, State.FIRING, Severity.TICKET, Reason.NEW));
      Provider.Message ticket = provider.next();
      assertThat(ticket.body().path("severity").asText()).isEqualTo("ticket");
      assertThat(deadlines()).isZero();
      Incident incident = world.only(role, tenant);
      role.incidents().acknowledge(tenant, incident.id(), "ann");
      assertThat(provider.next().event()).isEqualTo("acknowledge");
      world.told(World.event(tenant, "slo", 2, State.FIRING, Severity.PAGE, Reason.ESCALATED));
      Provider.Message page = provider.next();
      assertThat(page.body().path("severity").asText()).isEqualTo("page");
      assertThat(page.body().path("run").asInt()).isEqualTo(2);
      assertThat(deadlines()).isEqualTo(1);
    }
  }

  @Test
  void newScopeOfAnAcknowledgedIncidentWakesNobody() throws InterruptedException {
    try (IncidentRole role = running(World.PATIENT)) {
      world.told(World.event(tenant, "slo", 1, State.FIRING));
      provider.next();
      Incident incident = world.only(role, tenant);
      role.incidents().acknowledge(tenant, incident.id(), "ann");
      provider.next();
      world.told(World.event(tenant, "slo", 2, State.FIRING, Severity.PAGE, Reason.NEW_SCOPE));
      await().until(() -> kinds(role, incident).contains("alert_new_scope"));
      assertThat(world.only(role, tenant).state()).isInstanceOf(IncidentState.Acknowledged.class);
    }
  }

  @Test
  void requestsThatMakeNoSenseAreAnswered() throws InterruptedException {
    try (IncidentRole role = running(World.PATIENT)) {
      fireAndResolve(role);
      String id = world.only(role, tenant).id();
      assertThat(role.incidents().acknowledge(tenant, id, "ann"))
          .isEqualTo(new Answer.Conflict("it is resolved"));
      assertThat(role.incidents().resolve(tenant, id, "ann")).isInstanceOf(Answer.Done.class);
      assertThat(role.incidents().resolve(tenant, "x1", "ann")).isEqualTo(new Answer.Unknown());
      assertThat(role.incidents().resolve("other", id, "eve")).isEqualTo(new Answer.Unknown());
      assertThat(role.incidents().find("other", id)).isEmpty();
    }
  }

  @Test
  void everyChangeIsProjectedInOrder() throws InterruptedException {
    try (IncidentRole role = running(World.PATIENT)) {
      fireAndResolve(role);
      String id = world.only(role, tenant).id();
      await().until(() -> world.published.size() >= 4);
      assertThat(world.published)
          .allMatch(line -> line.startsWith("incident.events " + id + " "))
          .anyMatch(line -> line.contains("\"kind\":\"triggered\""))
          .anyMatch(line -> line.contains("\"kind\":\"resolved\""));
    }
  }

  private void fireAndResolve(IncidentRole role) throws InterruptedException {
    world.told(World.event(tenant, "slo", 1, State.FIRING));
    assertThat(provider.next().event()).isEqualTo("trigger");
    world.told(World.event(tenant, "slo", 2, State.RESOLVED));
    assertThat(provider.next().event()).isEqualTo("resolve");
    role.check();
  }

  private IncidentRole running(ResponseSettings settings) {
    IncidentRole role = world.role(settings, new StoredEvidence());
    world.channel(role, tenant, "oncall", provider.url("oncall"));
    return role.start();
  }

  private static java.util.List<String> kinds(IncidentRole role, Incident incident) {
    return role.incidents().timeline(incident).stream().map(Timeline.Row::kind).toList();
  }

  private void awaitDone(String lane, long rows) {
    await()
        .until(
            () ->
                world.count("SELECT count(*) FROM outbox WHERE lane = ? AND state = 'done'", lane)
                    == rows);
  }

  private long deadlines() {
    return world
        .journal
        .transact(
            tx ->
                Sql.row(
                    tx,
                    "SELECT count(*) FROM outbox WHERE lane = 'escalation'",
                    row -> row.getLong(1)))
        .orElseThrow();
  }
}
