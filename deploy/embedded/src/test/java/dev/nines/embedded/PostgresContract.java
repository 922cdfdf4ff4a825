// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;

/** What Nines asks of PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PostgresContract {

  private Subject postgres;

  abstract Subject startPostgres();

  /** Why the kit can't run here; each of its tests is then reported as skipped. */
  Optional<String> missing() {
    return Optional.empty();
  }

  @BeforeAll
  void start() {
    if (missing().isPresent()) {
      return;
    }
    postgres = startPostgres();
  }

  @BeforeEach
  void skipWhereMissing() {
    missing().ifPresent(Assumptions::abort);
  }

  @AfterAll
  void stop() {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void commitsAndRollsBack() throws Exception {
    try (Connection connection = connect()) {
      execute(connection, "CREATE TABLE transactions (id INT PRIMARY KEY)");
      connection.setAutoCommit(false);
      execute(connection, "INSERT INTO transactions VALUES (1)");
      connection.commit();
      execute(connection, "INSERT INTO transactions VALUES (2)");
      connection.rollback();
    }
    assertThat(numbers("SELECT id FROM transactions")).containsExactly(1);
  }

  @Test
  void skipsRowsThatAnotherSenderHolds() throws Exception {
    String claim = "SELECT id FROM lanes ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED";
    try (Connection one = connect();
        Connection two = connect()) {
      execute(one, "CREATE TABLE lanes (id INT PRIMARY KEY)");
      execute(one, "INSERT INTO lanes SELECT generate_series(1, 5)");
      one.setAutoCommit(false);
      two.setAutoCommit(false);
      assertThat(numbers(one, claim)).containsExactly(1, 2);
      assertThat(numbers(two, claim)).containsExactly(3, 4);
      one.rollback();
      two.rollback();
    }
  }

  @Test
  void notifiesListenersAtCommit() throws Exception {
    try (Connection listener = connect();
        Connection sender = connect()) {
      execute(listener, "LISTEN outbox");
      sender.setAutoCommit(false);
      execute(sender, "NOTIFY outbox, 'page'");
      PGConnection notified = listener.unwrap(PGConnection.class);
      assertThat(notified.getNotifications(200)).isEmpty();
      sender.commit();
      assertThat(notified.getNotifications(10_000))
          .singleElement()
          .satisfies(n -> assertThat(n.getParameter()).isEqualTo("page"));
    }
  }

  @Test
  void keepsOneOpenIncidentByPartialUniqueIndex() throws Exception {
    try (Connection connection = connect()) {
      execute(connection, "CREATE TABLE incidents (fingerprint TEXT, open BOOLEAN)");
      execute(connection, "CREATE UNIQUE INDEX one_open ON incidents (fingerprint) WHERE open");
      execute(connection, "INSERT INTO incidents VALUES ('f', false), ('f', false), ('f', true)");
      assertThatThrownBy(() -> execute(connection, "INSERT INTO incidents VALUES ('f', true)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
      execute(
          connection,
          """
          INSERT INTO incidents VALUES ('f', true)
          ON CONFLICT (fingerprint) WHERE open DO UPDATE SET open = false""");
    }
    assertThat(numbers("SELECT count(*) FROM incidents WHERE open")).containsExactly(0);
  }

  @Test
  void writesThroughToTheDisk() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('fsync'), current_setting('synchronous_commit')")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("on");
      assertThat(row.getString(2)).isEqualTo("on");
    }
  }

  @Test
  void losesNoCommitBySigkill() throws Exception {
    try (Connection connection = connect()) {
      execute(connection, "CREATE TABLE durable (id INT PRIMARY KEY)");
    }
    AtomicInteger committed = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(300);
    Thread writer = Thread.ofPlatform().start(() -> insertUntilItBreaks(committed, enough));
    assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
    postgres.kill();
    writer.join();
    postgres.restart();
    int last = committed.get();
    List<Integer> stored = numbersWhenBack("SELECT id FROM durable ORDER BY id");
    assertThat(stored.subList(0, last)).last().isEqualTo(last);
    assertThat(stored).hasSizeBetween(last, last + 1);
  }

  private void insertUntilItBreaks(AtomicInteger committed, CountDownLatch enough) {
    try (Connection connection = connect()) {
      for (int id = 1; true; id++) {
        execute(connection, "INSERT INTO durable VALUES (" + id + ")");
        committed.set(id);
        enough.countDown();
      }
    } catch (SQLException e) {
      // The kill that this writer waits for; what was committed is counted.
      assertThat(e.getSQLState()).startsWith("08");
    }
  }

  private List<Integer> numbersWhenBack(String query) {
    return org.awaitility.Awaitility.await()
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> numbers(query), rows -> true);
  }

  private List<Integer> numbers(String query) throws SQLException {
    try (Connection connection = connect()) {
      return numbers(connection, query);
    }
  }

  private static List<Integer> numbers(Connection connection, String query) throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        numbers.add(rows.getInt(1));
      }
    }
    return numbers;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.address());
  }
}
