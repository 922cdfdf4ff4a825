// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.PostgresProcess;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir Path data;

  @Test
  void killedPostgresIsReportedWithinTwoSecondsAndEverythingGoesOnAfterIt() {
    try (PostgresProcess postgres = PostgresProcess.start(data);
        Journal journal =
            Journal.connect(postgres.jdbcUrl(), 4, new CollectorRegistry()).migrate()) {
      Queue<String> seen = new ConcurrentLinkedQueue<>();
      OutboxHandler handler =
          delivery -> {
            seen.add(delivery.message().key());
            return new Outcome.Delivered("");
          };
      OutboxDrain.Settings settings =
          OutboxDrain.Settings.of("test").withPoll(Duration.ofMillis(200));
      try (OutboxDrain drain = new OutboxDrain(journal, settings, handler).start()) {
        put(journal, "before");
        await().until(() -> seen.contains("before"));
        postgres.kill();
        assertUnavailableWithinTwoSeconds(journal);
        postgres.restart();
        await().ignoreExceptions().until(() -> put(journal, "after"));
        await().until(() -> seen.contains("after"));
        drain.check();
      }
      assertThat(seen).containsExactly("before", "after");
    }
  }

  @Test
  void serverThatAcceptsAndSaysNothingIsReportedWithinTwoSeconds() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Journal journal =
            Journal.connect(
                "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x?user=x",
                2,
                new CollectorRegistry())) {
      assertUnavailableWithinTwoSeconds(journal);
    }
  }

  @Test
  void ownersMigrateApartAndAgain() {
    try (PostgresProcess postgres = PostgresProcess.start(data);
        Journal journal =
            Journal.connect(postgres.jdbcUrl(), 4, new CollectorRegistry()).migrate()) {
      Migrations.run(journal.dataSource(), "classpath:db/other", "other_migrations");
      Migrations.run(journal.dataSource(), "classpath:db/other", "other_migrations");
      journal.migrate();
      assertThat((int) journal.transact(tx -> Sql.update(tx, "INSERT INTO other VALUES (1)")))
          .isEqualTo(1);
    }
  }

  private static void assertUnavailableWithinTwoSeconds(Journal journal) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> journal.transact(Sql::now)).isInstanceOf(JournalUnavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  private static boolean put(Journal journal, String key) {
    OutboxMessage message = new OutboxMessage("test", key, "", "", "{}", Instant.EPOCH);
    return journal.transact(tx -> new Outbox().put(tx, message));
  }
}
