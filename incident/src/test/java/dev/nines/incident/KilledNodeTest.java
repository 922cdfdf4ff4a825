// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.incident.oncall.EscalationPolicy;
import dev.nines.incident.oncall.EscalationPolicy.Step;
import dev.nines.incident.oncall.Routing;
import dev.nines.journal.Journal;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnRecord.State;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process that holds pages and deadlines gets SIGKILL at each step, when its page arrives. */
class KilledNodeTest extends WorldTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final Duration LATE = Duration.ofSeconds(10);
  private static final List<String> PEOPLE = List.of("ann", "bob", "cid");

  @Test
  void deadlinesOutliveTheirNodeAndNobodyIsPagedTwiceUnmarked() throws Exception {
    try (Provider provider = new Provider()) {
      setUp(provider);
      List<Provider.Message> all = new ArrayList<>();
      Process node = node();
      try {
        world.told(World.event(tenant, "slo", 1, State.FIRING));
        for (int step = 0; step < PEOPLE.size(); step++) {
          pageOfStep(provider, step, all);
          node.destroyForcibly().waitFor();
          Instant due = due(step + 1);
          leasesRunOut();
          node = node();
          assertThat(due(step + 1)).as("deadline after SIGKILL").isEqualTo(due);
        }
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> waiting("page") == 0 && waiting("escalation") == 0);
      } finally {
        node.destroyForcibly().waitFor();
      }
      all.addAll(provider.all());
      provider.forget();
      assertThat(all.stream().filter(page -> !page.mayBeRepeat()).map(OnCallWorld::described))
          .containsExactly("ann-phone 0/0 ann", "bob-phone 0/1 bob", "cid-phone 0/2 cid");
      assertThat(all).extracting(Provider.Message::key).hasSizeLessThanOrEqualTo(6);
      assertThat(kinds()).containsSubsequence("triggered", "next_step", "next_step", "exhausted");
    }
  }

  /** Waits for the first page of a step, which comes at its deadline and not before. */
  private void pageOfStep(Provider provider, int step, List<Provider.Message> all)
      throws InterruptedException {
    Instant due = step == 0 ? Instant.MIN : due(step);
    Provider.Message page = null;
    while (page == null || page.body().path("step").asInt() < step) {
      page = provider.next(Duration.ofSeconds(60));
      all.add(page);
    }
    Instant now = world.journal.transact(Sql::now);
    assertThat(now).isAfterOrEqualTo(due);
    if (step > 0) {
      assertThat(now).as("escalated on time").isBefore(due.plus(LATE));
    }
  }

  private void setUp(Provider provider) {
    try (IncidentRole role = world.role(World.PATIENT, new StoredEvidence())) {
      List<Step> steps = new ArrayList<>();
      for (String name : PEOPLE) {
        OnCallWorld.user(world, role, tenant, name, provider.url(name + "-phone"));
        steps.add(new Step(OnCallWorld.targets("user/" + name), TIMEOUT));
      }
      OnCallWorld.policy(role, tenant, new EscalationPolicy("main", steps, 0, null, null));
      role.policies().route(tenant, new Routing("main", List.of()), "cid");
    }
  }

  private Process node() throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Node.class.getName(),
            world.postgres.jdbcUrl(),
            tenant)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** When the deadline that leads to the n-th step is due. */
  private static Instant due(int step) {
    return world
        .journal
        .transact(
            tx ->
                Sql.row(
                    tx,
                    "SELECT due_at FROM outbox WHERE lane = 'escalation' ORDER BY id OFFSET ?",
                    row -> Sql.instant(row, 1),
                    step - 1))
        .orElseThrow();
  }

  /** What the dead node had claimed is claimed again now, and not after the lease of 15 s. */
  private static void leasesRunOut() {
    world.journal.transact(
        tx ->
            Sql.update(
                tx,
                "UPDATE outbox SET lease_until = clock_timestamp()"
                    + " WHERE state = 'waiting' AND lease_until IS NOT NULL"));
  }

  private static long waiting(String lane) {
    return world.count("SELECT count(*) FROM outbox WHERE lane = ? AND state = 'waiting'", lane);
  }

  private List<String> kinds() {
    return world.journal.transact(
        tx ->
            Sql.rows(
                tx, "SELECT kind FROM incident_timeline ORDER BY id", row -> row.getString(1)));
  }

  /** The incident role alone, until somebody kills it or closes its input. */
  static final class Node {

    private Node() {}

    public static void main(String[] arguments) throws IOException {
      Journal journal = Journal.connect(arguments[0], 8, new CollectorRegistry());
      try (IncidentRole role = World.role(journal, arguments[1])) {
        role.start();
        System.in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
