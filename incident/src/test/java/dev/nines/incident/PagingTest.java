// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.incident.paging.PageLog;
import dev.nines.incident.response.Incident;
import dev.nines.incident.response.Timeline;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnRecord.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No page is lost, none is sent twice unmarked, none leaves too late. */
class PagingTest extends WorldTest {

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
  void twoNodesAtOnceSendEachPageOnce() {
    try (IncidentRole one = running(World.PATIENT.ackTimeout(), 3);
        IncidentRole two = world.role(World.PATIENT, new StoredEvidence()).start()) {
      for (int i = 0; i < 40; i++) {
        world.told(World.event(tenant, "slo-" + i, 1, State.FIRING));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> done("page") == 40);
      one.check();
      two.check();
    }
    assertThat(provider.all()).hasSize(40).noneMatch(Provider.Message::mayBeRepeat);
    assertThat(provider.all()).extracting(Provider.Message::key).doesNotHaveDuplicates();
    provider.forget();
  }

  @Test
  void busyAndBrokenProviderGetsThePageInTheEndUnmarked() throws InterruptedException {
    provider.answer(429, 500, 200);
    try (IncidentRole role = running(World.PATIENT.ackTimeout(), 3)) {
      fire();
      List<Provider.Message> three = List.of(provider.next(), provider.next(), provider.next());
      assertThat(three).noneMatch(Provider.Message::mayBeRepeat);
      assertThat(three).extracting(Provider.Message::key).containsOnly(three.getFirst().key());
      await().until(() -> done("page") == 1);
      assertThat(results(role))
          .containsExactly(
              PageLog.Result.UNAVAILABLE, PageLog.Result.UNAVAILABLE, PageLog.Result.SENT);
    }
  }

  @Test
  void pageWithoutAnAnswerIsRepeatedAndMarked() throws InterruptedException {
    provider.answer(Provider.HANG);
    try (IncidentRole role = running(World.PATIENT.ackTimeout(), 3)) {
      fire();
      assertThat(provider.next().mayBeRepeat()).isFalse();
      assertThat(provider.next().mayBeRepeat()).isTrue();
      await().until(() -> done("page") == 1);
      assertThat(results(role)).containsExactly(PageLog.Result.AMBIGUOUS, PageLog.Result.SENT);
    }
  }

  @Test
  void refusedPageGoesToTheFallback() throws InterruptedException {
    provider.answer(404);
    try (IncidentRole role = running(World.PATIENT.ackTimeout(), 3)) {
      world.channel(role, tenant, "fallback", provider.url("fallback"));
      fire();
      assertThat(provider.next().path()).isEqualTo("oncall");
      Provider.Message fallback = provider.next();
      assertThat(fallback.path()).isEqualTo("fallback");
      assertThat(fallback.body().path("fallback").asBoolean()).isTrue();
      await().until(() -> kinds(role).contains("undeliverable"));
      assertThat(world.count("SELECT count(*) FROM outbox WHERE state = 'dead'")).isEqualTo(1);
    }
  }

  @Test
  void withoutAChannelTheTimelineSaysThatNobodyWasTold() {
    try (IncidentRole role = world.role(World.PATIENT, new StoredEvidence()).start()) {
      fire();
      await().until(() -> done("incident") == 1);
      assertThat(kinds(role)).containsExactly("undeliverable", "triggered");
    }
  }

  @Test
  void nobodyAcknowledgesThenEveryLoopPagesAndAtLastTheFallback() throws InterruptedException {
    try (IncidentRole role = running(Duration.ofMillis(700), 2)) {
      world.channel(role, tenant, "fallback", provider.url("fallback"));
      fire();
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Provider.Message page = provider.next();
        seen.add(page.path() + "/" + page.body().path("loop").asInt());
      }
      assertThat(seen).containsExactly("oncall/0", "oncall/1", "oncall/2", "fallback/3");
      await().until(() -> kinds(role).contains("exhausted"));
    }
  }

  @Test
  void acknowledgementStopsTheLoops() throws InterruptedException {
    try (IncidentRole role = running(Duration.ofMillis(600), 2)) {
      fire();
      provider.next();
      role.incidents().acknowledge(tenant, world.only(role, tenant).id(), "ann");
      assertThat(provider.next().event()).isEqualTo("acknowledge");
      await().until(() -> done("escalation") == 1);
      assertThat(world.count("SELECT count(*) FROM outbox WHERE lane = 'escalation'")).isEqualTo(1);
    }
  }

  @Test
  void noPageLeavesAfterItsIncidentIsAcknowledgedOrResolved() throws InterruptedException {
    provider.answer(503);
    try (IncidentRole role = running(World.PATIENT.ackTimeout(), 3)) {
      fire();
      provider.next();
      role.incidents().resolve(tenant, world.only(role, tenant).id(), "ann");
      await().until(() -> done("page") == 2);
      assertThat(provider.all()).isEmpty();
    }
  }

  @Test
  void deadlineOfADeadNodeIsKept() throws InterruptedException {
    try (IncidentRole role = running(Duration.ofSeconds(1), 2)) {
      fire();
      provider.next();
      await().until(() -> done("page") == 1);
      role.check();
    }
    long before = due();
    try (IncidentRole next = world.role(Duration.ofMinutes(5), 2).start()) {
      Provider.Message again = provider.next();
      assertThat(again.body().path("loop").asInt()).isEqualTo(1);
      next.check();
    }
    assertThat(due()).isEqualTo(before);
  }

  @Test
  void senderThatDiedBeforeItSentIsFollowedByAnUnmarkedPage() throws InterruptedException {
    try (IncidentRole role = orderedOnly()) {
      claimByTheDead();
      role.start();
      assertThat(provider.next().mayBeRepeat()).isFalse();
      await().until(() -> done("page") == 1);
    }
  }

  @Test
  void pageOfADeletedChannelGoesToTheFallback() throws InterruptedException {
    try (IncidentRole role = orderedOnly()) {
      world.channel(role, tenant, "fallback", provider.url("fallback"));
      role.channels().delete(tenant, "oncall", "ann");
      claimByTheDead();
      role.start();
      assertThat(provider.next().path()).isEqualTo("fallback");
      await().until(() -> kinds(role).contains("undeliverable"));
    }
  }

  @Test
  void pageThatIsAskedToWaitLongGoesToTheFallbackAtOnce() throws InterruptedException {
    provider.answerLater(Duration.ofMinutes(2));
    try (IncidentRole role = running(World.PATIENT.ackTimeout(), 3)) {
      world.channel(role, tenant, "fallback", provider.url("fallback"));
      fire();
      assertThat(provider.next().path()).isEqualTo("oncall");
      assertThat(provider.next().path()).isEqualTo("fallback");
      await().until(() -> kinds(role).contains("undeliverable"));
      assertThat(results(role)).contains(PageLog.Result.UNAVAILABLE);
    }
  }

  @Test
  void senderThatDiedWhileItSentIsFollowedByAMarkedPage() throws InterruptedException {
    try (IncidentRole role = orderedOnly()) {
      claimByTheDead();
      logged("SENDING");
      role.start();
      assertThat(provider.next().mayBeRepeat()).isTrue();
      await().until(() -> done("page") == 1);
    }
  }

  @Test
  void senderThatDiedAfterTheAnswerIsFollowedByNothing() throws InterruptedException {
    try (IncidentRole role = orderedOnly()) {
      claimByTheDead();
      logged("SENT");
      role.start();
      await().until(() -> done("page") == 1);
      assertThat(provider.all()).isEmpty();
    }
  }

  @Test
  void lostPostgresLosesNoPageAndRepeatsNoneUnmarked() throws InterruptedException {
    try (IncidentRole role = running(World.PATIENT.ackTimeout(), 3)) {
      for (int i = 0; i < 30; i++) {
        world.told(World.event(tenant, "slo-" + i, 1, State.FIRING));
      }
      provider.next();
      world.postgres.kill();
      world.postgres.restart();
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> done("page") == 30 && waiting("incident") == 0);
      role.check();
    }
    List<Provider.Message> rest = provider.all();
    assertThat(rest.size()).isGreaterThanOrEqualTo(29);
    assertThat(rest.stream().filter(page -> !page.mayBeRepeat()))
        .extracting(Provider.Message::key)
        .doesNotHaveDuplicates();
    provider.forget();
  }

  /** An incident whose page is ordered and whose role has stopped before it drained it. */
  private IncidentRole orderedOnly() throws InterruptedException {
    world.journal.transact(
        tx ->
            Sql.update(
                tx,
                "CREATE OR REPLACE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    + " NEW.due_at = clock_timestamp() + interval '1 h'; RETURN NEW; END $$"));
    world.journal.transact(
        tx ->
            Sql.update(
                tx,
                "CREATE TRIGGER later BEFORE INSERT ON outbox FOR EACH ROW"
                    + " WHEN (NEW.lane = 'page') EXECUTE FUNCTION later()"));
    try (IncidentRole first = running(World.PATIENT.ackTimeout(), 3)) {
      fire();
      await().until(() -> done("incident") == 1);
      first.check();
    } finally {
      world.journal.transact(tx -> Sql.update(tx, "DROP TRIGGER later ON outbox"));
    }
    return world.role(World.PATIENT, new StoredEvidence());
  }

  /** As a node that claimed the page and died leaves it. */
  private void claimByTheDead() {
    world.journal.transact(
        tx ->
            Sql.update(
                tx,
                "UPDATE outbox SET due_at = clock_timestamp(), attempts = 1,"
                    + " claim = gen_random_uuid(), lease_until = clock_timestamp()"
                    + " WHERE lane = 'page'"));
  }

  private void logged(String result) {
    world.journal.transact(
        tx ->
            Sql.update(
                tx,
                """
                INSERT INTO page_log (page, attempt, tenant, incident, event, channel, run, loop,
                  burn_at, decided_at, stored_at, ordered_at, claimed_at, sent_at, result, detail,
                  may_be_repeat)
                SELECT o.key, 1, i.tenant, i.id, 'TRIGGER', 'oncall', 1, 0, now(), now(), now(),
                  now(), now(), now(), ?, '', false
                FROM outbox o, incident i WHERE o.lane = 'page' AND i.tenant = ?""",
                result,
                tenant));
  }

  private void fire() {
    world.told(World.event(tenant, "slo", 1, State.FIRING));
  }

  private IncidentRole running(Duration ackTimeout, int loops) {
    IncidentRole role = world.role(ackTimeout, loops);
    world.channel(role, tenant, "oncall", provider.url("oncall"));
    return role.start();
  }

  private List<PageLog.Result> results(IncidentRole role) {
    Incident incident = world.only(role, tenant);
    return role.incidents().pages(incident).stream().map(PageLog.Attempt::result).toList();
  }

  private List<String> kinds(IncidentRole role) {
    return role.incidents().timeline(world.only(role, tenant)).stream()
        .map(Timeline.Row::kind)
        .toList();
  }

  private long done(String lane) {
    return world.count("SELECT count(*) FROM outbox WHERE lane = ? AND state = 'done'", lane);
  }

  private long waiting(String lane) {
    return world.count("SELECT count(*) FROM outbox WHERE lane = ? AND state = 'waiting'", lane);
  }

  private long due() {
    return world.count(
        "SELECT extract(epoch FROM due_at)::bigint FROM outbox"
            + " WHERE lane = 'escalation' ORDER BY id LIMIT 1");
  }
}
