// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.alerts.AlertGroupEvent;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnRecord.State;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformWatchTest {

  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir static Path data;
  static PostgresProcess postgres;
  static Journal journal;
  static Alerts alerts;

  private final String tenant = "t-" + UUID.randomUUID();
  private final Seen residuals = new Seen();

  @BeforeAll
  static void start() {
    postgres = PostgresProcess.start(data);
    journal = Journal.connect(postgres.jdbcUrl(), 4, new CollectorRegistry()).migrate();
    alerts = new Alerts(journal, new Outbox()).migrate();
  }

  @AfterAll
  static void stop() {
    journal.close();
    postgres.close();
  }

  @Test
  void troubleBecomesAnEventForTheIncidentOnceAndIsCalledOffWhenItIsOver() {
    PlatformWatch watch = watch();
    residuals.now =
        Optional.of(List.of(trouble("default/eu/traces"), trouble("default/us/traces")));
    watch.look(residuals);
    watch.look(residuals);
    assertThat(events()).hasSize(2);
    assertThat(events().getLast().conditions())
        .extracting(Condition::scope)
        .containsExactlyInAnyOrder("default/eu/traces", "default/us/traces");
    residuals.now = Optional.of(List.of(trouble("default/us/traces")));
    watch.look(residuals);
    assertThat(events().getLast().state()).isEqualTo(State.FIRING);
    residuals.now = Optional.of(List.of());
    watch.look(residuals);
    AlertGroupEvent last = events().getLast();
    assertThat(last.state()).isEqualTo(State.RESOLVED);
    assertThat(last.groupKey()).isEqualTo("platform:AccountingResidual");
    assertThat(last.title()).isEqualTo("Items are missing since " + SINCE);
    assertThat(alerts.list(tenant, false)).isEmpty();
  }

  @Test
  void aRestartTellsNothingAgainAndCallsNothingOffThatItDoesNotKnow() {
    residuals.now = Optional.of(List.of(trouble("default/eu/traces")));
    watch().look(residuals);
    residuals.now = Optional.empty();
    watch().look(residuals);
    assertThat(alerts.list(tenant, false)).hasSize(1);
    residuals.now = Optional.of(List.of(trouble("default/eu/traces")));
    watch().look(residuals);
    assertThat(events()).hasSize(1);
    residuals.now = Optional.of(List.of());
    watch().look(residuals);
    assertThat(events()).extracting(AlertGroupEvent::state).contains(State.RESOLVED);
  }

  @Test
  void rowsThatAreSetAsideAreTold() {
    SetAside source = new SetAside(new Outbox());
    PlatformWatch watch = watch();
    watch.look(source);
    assertThat(events()).isEmpty();
    write("INSERT INTO burn_set_aside VALUES ('slo.burn', 0, 7, 'no BurnRecord', '', now())");
    dead("a", "handler failed: broken", "1 hour");
    dead("b", "refused: the channel does not exist", "1 hour");
    dead("c", "handler failed: broken", "2 days");
    watch.look(source);
    assertThat(alerts.list(tenant, false))
        .extracting(alert -> alert.condition().scope())
        .containsExactlyInAnyOrder("slo.burn", "outbox a");
    assertThat(events().getLast().title()).startsWith("Nines set rows of ");
    write("DELETE FROM burn_set_aside");
    write("DELETE FROM outbox WHERE lane = 'a'");
    watch.look(source);
    assertThat(events().getLast().state()).isEqualTo(State.RESOLVED);
  }

  private PlatformWatch watch() {
    return new PlatformWatch(journal, alerts, tenant, List.of(residuals), InstantSource.system());
  }

  private static Trouble trouble(String part) {
    return new Trouble("AccountingResidual", part, SINCE, "Items are missing");
  }

  private List<AlertGroupEvent> events() {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                "SELECT payload FROM outbox WHERE lane = 'incident' AND starts_with(key, ?) ORDER BY id",
                row -> Json.read(row.getString(1), AlertGroupEvent.class),
                tenant + "/"));
  }

  private static void dead(String lane, String note, String age) {
    write(
        """
        INSERT INTO outbox (lane, key, destination, record_key, payload, due_at, state, note,
          finished_at)
        VALUES ('%s', 'k', 'd', '', '{}', now(), 'dead', '%s', now() - interval '%s')"""
            .formatted(lane, note, age));
  }

  private static void write(String sql) {
    journal.transact(tx -> Sql.update(tx, sql));
  }

  /** What the test says is wrong. */
  private static final class Seen implements TroubleSource {
    Optional<List<Trouble>> now = Optional.empty();

    @Override
    public String alertName() {
      return "AccountingResidual";
    }

    @Override
    public Optional<List<Trouble>> troubles(Connection tx) {
      return now;
    }
  }
}
