// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static dev.nines.embedded.clickhouse.ServerUnderTest.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.clickhouse.client.api.insert.InsertSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The part of the contract that needs more than one caller at a time. */
abstract class ConcurrencyContract {
  private static final String ENDLESS = "SELECT count() FROM numbers(1000000000000000) /* %s */";

  abstract ServerUnderTest server();

  @Test
  void readersSeeWholeInsertsOfManyWriters() throws Exception {
    server().run("CREATE TABLE busy (a UInt64) ENGINE = MergeTree ORDER BY a");
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<?>>();
      for (var writer = 0; writer < 4; writer++) {
        var first = writer * 100_000L;
        calls.add(pool.submit(() -> write("busy", first, 20, 500)));
      }
      for (var reader = 0; reader < 4; reader++) {
        calls.add(pool.submit(this::readWholeInserts));
      }
      for (var call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(server().run("SELECT count(), uniqExact(a) FROM busy")).isEqualTo("40000\t40000");
  }

  @Test
  void aSessionServesOneRequestAtATime() throws Exception {
    var session = Map.of("session_id", "locked");
    var first =
        CompletableFuture.supplyAsync(
            () -> server().post(session, ENDLESS.formatted("locked").getBytes(UTF_8)));
    await().until(() -> running("locked") == 1);
    assertThat(code(server().post(session, "SELECT 1".getBytes(UTF_8)))).isEqualTo(373);
    server().run("KILL QUERY WHERE query LIKE '%locked%' ASYNC");
    assertThat(code(first.get(30, TimeUnit.SECONDS))).isEqualTo(394);
    assertThat(code(server().post(session, "SELECT 1".getBytes(UTF_8)))).isZero();
  }

  @Test
  void jdbcCancelStopsTheQuery() throws Exception {
    try (var connection = server().jdbc();
        var statement = connection.createStatement()) {
      var query = CompletableFuture.runAsync(() -> endless(statement));
      await().until(() -> running("cancelled") == 1);
      statement.cancel();
      assertThatThrownBy(() -> query.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
      await().until(() -> running("cancelled") == 0);
    }
  }

  @Test
  void aClientThatHangsUpStopsItsQuery() throws IOException {
    try (var socket = hangingQuery()) {
      assertThat(socket.isConnected()).isTrue();
      await().until(() -> running("abandoned") == 1);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> running("abandoned") == 0);
  }

  /**
   * Writes whole batches one after another; the number of the batch after the last acknowledged
   * one.
   */
  long write(String table, long first, int batches, int rows) throws Exception {
    try (var client = server().client(false)) {
      for (var batch = 0; batch < batches; batch++) {
        var from = first + (long) batch * rows;
        var data = new StringBuilder();
        LongStream.range(from, from + rows).forEach(a -> data.append(a).append('\n'));
        ClickHouseContract.insert(client, table, data.toString(), new InsertSettings());
      }
    }
    return batches;
  }

  private long readWholeInserts() {
    var rows = 0L;
    for (var i = 0; i < 50; i++) {
      var now = Long.parseLong(server().run("SELECT count() FROM busy"));
      assertThat(now).isGreaterThanOrEqualTo(rows);
      assertThat(now % 500).isZero();
      rows = now;
    }
    return rows;
  }

  private static void endless(Statement statement) {
    try {
      statement.executeQuery(ENDLESS.formatted("cancelled"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long running(String mark) {
    var sql = "SELECT count() FROM system.processes WHERE query LIKE '%numbers%" + mark + "%'";
    return Long.parseLong(server().run(sql + " AND query NOT LIKE '%system.processes%'"));
  }

  /** A query sent by hand, because no driver leaves in the middle of one. */
  private Socket hangingQuery() throws IOException {
    var address = URI.create(server().url());
    var socket = new Socket(address.getHost(), address.getPort());
    var body = ENDLESS.formatted("abandoned");
    var login = server().user() + ":" + server().password();
    var request =
        """
        POST /?cancel_http_readonly_queries_on_client_close=1 HTTP/1.1\r
        Host: clickhouse\r
        Authorization: Basic %s\r
        Content-Length: %d\r
        \r
        %s"""
            .formatted(
                Base64.getEncoder().encodeToString(login.getBytes(UTF_8)), body.length(), body);
    socket.getOutputStream().write(request.getBytes(UTF_8));
    return socket;
  }
}
