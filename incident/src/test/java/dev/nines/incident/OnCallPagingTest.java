// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.alerts.AlertGroupEvent.Reason;
import dev.nines.incident.oncall.Answer;
import dev.nines.incident.oncall.EscalationPolicy;
import dev.nines.incident.oncall.EscalationPolicy.Step;
import dev.nines.incident.oncall.Routing;
import dev.nines.incident.oncall.Routing.Rule;
import dev.nines.incident.oncall.Target;
import dev.nines.incident.oncall.User;
import dev.nines.incident.oncall.User.Contact;
import dev.nines.incident.oncall.User.Reach;
import dev.nines.incident.paging.PageLog;
import dev.nines.incident.response.Incident;
import dev.nines.incident.response.IncidentState;
import dev.nines.incident.response.Incidents;
import dev.nines.incident.response.Timeline;
import dev.nines.journal.AuditTrail.Verdict;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord.State;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policies, step by step: who is woken, when, and who when nobody answers. */
class OnCallPagingTest extends WorldTest {

  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofMinutes(5);

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
  void stepsAreGoneThroughThenRepeatedThenTheFallbackIsTold() throws InterruptedException {
    try (IncidentRole role = running()) {
      user(role, "ann");
      user(role, "bob");
      policy(role, 1, null, step(SOON, "user/ann"), step(SOON, "user/bob", "channel/team"));
      world.channel(role, tenant, "team", provider.url("team"));
      world.channel(role, tenant, "fallback", provider.url("fallback"));
      fire();
      assertThat(seen(1)).containsExactly("ann-phone 0/0 ann");
      assertThat(seen(2)).containsExactlyInAnyOrder("bob-phone 0/1 bob", "team 0/1 -");
      assertThat(seen(1)).containsExactly("ann-phone 1/0 ann");
      assertThat(seen(2)).containsExactlyInAnyOrder("bob-phone 1/1 bob", "team 1/1 -");
      assertThat(seen(1)).containsExactly("fallback 2/0 -");
      await().until(() -> kinds(role).contains("exhausted"));
      assertThat(kinds(role)).contains("triggered", "next_step", "repaged");
      assertThat(role.incidents().pages(world.only(role, tenant)))
          .extracting(PageLog.Attempt::user)
          .containsExactlyInAnyOrder("ann", "bob", "", "ann", "bob", "", "");
    }
    assertThat(world.audit(tenant)).isInstanceOf(Verdict.Intact.class);
  }

  @Test
  void whoHasTheDutyIsAskedWhenTheStepBegins() throws InterruptedException {
    try (IncidentRole role = running()) {
      user(role, "ann");
      user(role, "bob");
      OnCallWorld.schedule(role, tenant, "primary", "ann");
      policy(role, 1, null, step(LONG, "schedule/primary"));
      fire();
      assertThat(seen(1)).containsExactly("ann-phone 0/0 ann");
      OnCallWorld.schedule(role, tenant, "primary", "bob");
      Incident incident = world.only(role, tenant);
      assertThat(role.incidents().escalate(tenant, incident.id(), "cid"))
          .isInstanceOf(Incidents.Answer.Done.class);
      assertThat(seen(1)).containsExactly("bob-phone 1/0 bob");
    }
  }

  @Test
  void aGapIsPassedAtOnceAndTold() throws InterruptedException {
    try (IncidentRole role = running()) {
      user(role, "ann");
      user(role, "bob");
      OnCallWorld.scheduleOfTheFuture(role, tenant, "primary", "ann");
      policy(role, 0, null, step(LONG, "schedule/primary"), step(LONG, "user/bob"));
      fire();
      assertThat(seen(1)).containsExactly("bob-phone 0/1 bob");
      assertThat(kinds(role)).contains("oncall_gap");
      assertThat(world.published).anyMatch(line -> line.contains("\"kind\":\"oncall_gap\""));
    }
  }

  @Test
  void whereNobodyCanBeReachedTheFallbackIsToldAtOnceAndTheRoundComesAgain()
      throws InterruptedException {
    try (IncidentRole role = running()) {
      world.channel(role, tenant, "fallback", provider.url("fallback"));
      put(role, new User("ann", ZoneId.of("UTC"), List.of()));
      policy(role, 1, null, step(SOON, "user/ann"));
      fire();
      assertThat(seen(1)).containsExactly("fallback 0/0 -");
      assertThat(kinds(role)).contains("unreachable_user", "undeliverable");
      assertThat(seen(1)).containsExactly("fallback 1/0 -");
      assertThat(seen(1)).containsExactly("fallback 2/0 -");
    }
  }

  @Test
  void laterContactsAreUsedWhileNobodyAcknowledged() throws InterruptedException {
    try (IncidentRole role = running()) {
      world.channel(role, tenant, "chat", provider.url("chat"));
      world.channel(role, tenant, "phone", provider.url("phone"));
      world.channel(role, tenant, "home", provider.url("home"));
      put(
          role,
          new User(
              "ann",
              ZoneId.of("Europe/Berlin"),
              List.of(
                  new Contact("chat", Duration.ZERO, Reach.ANY),
                  new Contact("phone", SOON, Reach.PAGE),
                  new Contact("home", Duration.ofHours(1), Reach.PAGE))));
      policy(role, 0, null, step(LONG, "user/ann"));
      fire();
      assertThat(seen(2)).containsExactly("chat 0/0 ann", "phone 0/0 ann");
      role.incidents().resolve(tenant, world.only(role, tenant).id(), "ann");
      assertThat(List.of(provider.next().path(), provider.next().path()))
          .containsExactlyInAnyOrder("chat", "phone");
      world.journal.transact(
          tx ->
              Sql.update(
                  tx,
                  "UPDATE outbox SET due_at = now() WHERE lane = 'contact' AND state = 'waiting'"));
      await().until(() -> count("contact", "done") == 2);
    }
  }

  @Test
  void aTicketIsToldOnceByTheContactsForTickets() throws InterruptedException {
    try (IncidentRole role = running()) {
      world.channel(role, tenant, "mail", provider.url("mail"));
      world.channel(role, tenant, "phone", provider.url("phone"));
      put(
          role,
          new User(
              "ann",
              ZoneId.of("UTC"),
              List.of(
                  new Contact("mail", Duration.ZERO, Reach.TICKET),
                  new Contact("phone", Duration.ZERO, Reach.PAGE))));
      policy(role, 3, null, step(SOON, "user/ann"));
      world.told(World.event(tenant, "slo", 1, State.FIRING, Severity.TICKET, Reason.NEW));
      assertThat(seen(1)).containsExactly("mail 0/0 ann");
      assertThat(count("escalation", "waiting")).isZero();
    }
  }

  @Test
  void theServiceChoosesThePolicy() throws InterruptedException {
    try (IncidentRole role = running()) {
      user(role, "ann");
      user(role, "bob");
      named(role, "checkouts", step(LONG, "user/bob"));
      named(role, "others", step(LONG, "user/ann"));
      route(role, new Routing("others", List.of(new Rule("check*", "checkouts"))));
      fire();
      assertThat(seen(1)).containsExactly("bob-phone 0/0 bob");
      world.told(World.gone(tenant, "vanished", 1));
      assertThat(seen(1)).containsExactly("bob-phone 0/0 bob");
      route(role, new Routing("others", List.of(new Rule("checkout-2", "checkouts"))));
      world.told(World.event(tenant, "another", 1, State.FIRING));
      assertThat(seen(1)).containsExactly("ann-phone 0/0 ann");
    }
  }

  @Test
  void anIncidentKeepsTheStepsThatItBeganWith() throws InterruptedException {
    try (IncidentRole role = running()) {
      user(role, "ann");
      user(role, "bob");
      policy(role, 0, null, step(LONG, "user/ann"), step(LONG, "user/bob"));
      fire();
      assertThat(seen(1)).containsExactly("ann-phone 0/0 ann");
      policy(role, 0, null, step(LONG, "user/ann"));
      role.incidents().escalate(tenant, world.only(role, tenant).id(), "cid");
      assertThat(seen(1)).containsExactly("bob-phone 0/1 bob");
    }
  }

  @Test
  void reassignedIncidentsWakeOthersAndThoseToldBeforeHearTheEnd() throws InterruptedException {
    try (IncidentRole role = running()) {
      user(role, "ann");
      user(role, "bob");
      policy(role, 0, null, step(LONG, "user/ann"));
      fire();
      assertThat(seen(1)).containsExactly("ann-phone 0/0 ann");
      String id = world.only(role, tenant).id();
      role.incidents().acknowledge(tenant, id, "ann");
      assertThat(provider.next().event()).isEqualTo("acknowledge");
      Incidents.Answer answer = role.incidents().reassign(tenant, id, targets("user/bob"), "ann");
      assertThat(answer).isInstanceOf(Incidents.Answer.Done.class);
      assertThat(world.only(role, tenant).state()).isInstanceOf(IncidentState.Triggered.class);
      assertThat(seen(1)).containsExactly("bob-phone 1/0 bob");
      assertThat(role.incidents().reassign(tenant, id, targets("user/eve"), "ann"))
          .isInstanceOf(Incidents.Answer.Refused.class);
      role.incidents().resolve(tenant, id, "bob");
      assertThat(List.of(provider.next().path(), provider.next().path()))
          .containsExactlyInAnyOrder("ann-phone", "bob-phone");
      assertThat(role.incidents().escalate(tenant, id, "ann"))
          .isEqualTo(new Incidents.Answer.Conflict("it is resolved"));
      assertThat(world.auditActions(tenant)).contains("incident.reassigned");
    }
  }

  @Test
  void anAcknowledgedIncidentThatIsNotResolvedPagesAgain() throws InterruptedException {
    try (IncidentRole role = running()) {
      user(role, "ann");
      policy(role, 0, SOON, step(LONG, "user/ann"));
      fire();
      assertThat(seen(1)).containsExactly("ann-phone 0/0 ann");
      String id = world.only(role, tenant).id();
      role.incidents().acknowledge(tenant, id, "ann");
      assertThat(provider.next().event()).isEqualTo("acknowledge");
      assertThat(seen(1)).containsExactly("ann-phone 1/0 ann");
      assertThat(kinds(role)).contains("acknowledgement_expired");
      role.incidents().resolve(tenant, id, "ann");
      assertThat(provider.next().event()).isEqualTo("resolve");
    }
  }

  private void fire() {
    world.told(World.event(tenant, "slo", 1, State.FIRING));
  }

  private IncidentRole running() {
    return world.role(World.PATIENT, new StoredEvidence()).start();
  }

  private void user(IncidentRole role, String name) {
    OnCallWorld.user(world, role, tenant, name, provider.url(name + "-phone"));
  }

  private void put(IncidentRole role, User user) {
    assertThat(role.users().put(tenant, user, "cid")).isInstanceOf(Answer.Done.class);
  }

  private void policy(
      IncidentRole role, int repeat, @Nullable Duration acknowledge, Step... steps) {
    OnCallWorld.policy(
        role, tenant, new EscalationPolicy("main", List.of(steps), repeat, null, acknowledge));
    route(role, new Routing("main", List.of()));
  }

  private void named(IncidentRole role, String name, Step step) {
    OnCallWorld.policy(role, tenant, new EscalationPolicy(name, List.of(step), 0, null, null));
  }

  private void route(IncidentRole role, Routing routing) {
    assertThat(role.policies().route(tenant, routing, "cid")).isInstanceOf(Answer.Done.class);
  }

  private static Step step(Duration timeout, String... targets) {
    return new Step(OnCallWorld.targets(targets), timeout);
  }

  private static List<Target> targets(String... targets) {
    return OnCallWorld.targets(targets);
  }

  /** As {@code path loop/step user}. */
  private List<String> seen(int pages) throws InterruptedException {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < pages; i++) {
      Provider.Message page = provider.next();
      assertThat(page.event()).isEqualTo("trigger");
      seen.add(OnCallWorld.described(page));
    }
    return seen;
  }

  private List<String> kinds(IncidentRole role) {
    return role.incidents().timeline(world.only(role, tenant)).stream()
        .map(Timeline.Row::kind)
        .toList();
  }

  private long count(String lane, String state) {
    return world.count("SELECT count(*) FROM outbox WHERE lane = ? AND state = ?", lane, state);
  }
}
