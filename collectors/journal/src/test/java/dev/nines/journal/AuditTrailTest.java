// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.embedded.PostgresProcess;
import dev.nines.journal.AuditTrail.Verdict;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {

  @TempDir static Path data;
  static PostgresProcess postgres;
  static Journal journal;

  private final String tenant = "t-" + UUID.randomUUID();
  private final AuditTrail audit = new AuditTrail();

  @BeforeAll
  static void start() {
    postgres = PostgresProcess.start(data);
    journal = Journal.connect(postgres.jdbcUrl(), 8, new CollectorRegistry()).migrate();
  }

  @AfterAll
  static void stop() {
    journal.close();
    postgres.close();
  }

  @Test
  void numbersHaveNoGapWhenManyWriteAtOnceAndSomeGiveUp() {
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        int number = i;
        writers.execute(() -> append(number % 3 == 0));
      }
    }
    assertThat(verdict()).isEqualTo(new Verdict.Intact(40));
  }

  @Test
  void updateDeleteAndTruncateAreRefused() {
    append(false);
    for (String tampering :
        List.of("UPDATE audit SET actor = 'eve'", "DELETE FROM audit", "TRUNCATE audit")) {
      assertThatThrownBy(() -> journal.transact(tx -> Sql.update(tx, tampering)))
          .isInstanceOf(JournalUnavailable.class)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void eachWayOfTamperingIsFoundAtItsRow() {
    for (int i = 0; i < 5; i++) {
      append(false);
    }
    assertThat(tampered("UPDATE audit SET actor = 'eve' WHERE seq = 3 AND tenant = ?"))
        .isEqualTo(new Verdict.Broken(3, "content differs from its hash"));
    assertThat(tampered("DELETE FROM audit WHERE seq = 2 AND tenant = ?"))
        .isEqualTo(new Verdict.Broken(2, "missing"));
    assertThat(tampered("UPDATE audit SET prev_hash = hash WHERE seq = 4 AND tenant = ?"))
        .isEqualTo(new Verdict.Broken(4, "does not follow the row before it"));
    assertThat(verdict()).isEqualTo(new Verdict.Intact(5));
  }

  @Test
  void canonicalFormIsSortedAndEscapedAsRfc8785Says() {
    AuditRow row =
        AuditRow.after(
            0,
            new byte[32],
            new AuditTrail.Entry(
                "t", "é\u0001", "a\"b", "s/1", "{\n}", Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(row.canonical())
        .isEqualTo(
            "{\"action\":\"a\\\"b\",\"actor\":\"é\\u0001\",\"at\":\"2026-01-01T00:00:00Z\","
                + "\"detail\":\"{\\n}\",\"seq\":1,\"subject\":\"s/1\",\"tenant\":\"t\"}");
  }

  /** What an owner of the database could do: the verdict while the triggers are off. */
  private Verdict tampered(String statement) {
    Verdict[] verdict = new Verdict[1];
    assertThatThrownBy(
            () ->
                journal.transact(
                    tx -> {
                      Sql.update(tx, "ALTER TABLE audit DISABLE TRIGGER ALL");
                      Sql.update(tx, statement, tenant);
                      verdict[0] = audit.verify(tx, tenant);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    return verdict[0];
  }

  private Verdict verdict() {
    return journal.transact(tx -> audit.verify(tx, tenant));
  }

  private void append(boolean giveUp) {
    try {
      journal.transact(tx -> append(tx, giveUp));
    } catch (IllegalStateException e) {
      assertThat(giveUp).isTrue();
    }
  }

  private boolean append(Connection transaction, boolean giveUp) throws SQLException {
    Instant now = Sql.now(transaction).plusNanos(123);
    audit.append(transaction, new AuditTrail.Entry(tenant, "ann", "did", "thing/1", "{}", now));
    if (giveUp) {
      throw new IllegalStateException("gives up");
    }
    return true;
  }
}
