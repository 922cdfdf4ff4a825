// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static dev.nines.embedded.clickhouse.ServerUnderTest.code;
import static dev.nines.embedded.clickhouse.ServerUnderTest.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process around the engine: how it starts, leaves and refuses. */
final class ClickHouseMainTest {
  @TempDir private static Path data;
  private static ClickHouseChild child;

  @BeforeAll
  static void start() throws Exception {
    child = ClickHouseChild.start(data);
  }

  @AfterAll
  static void stop() throws Exception {
    child.close();
  }

  @Test
  void aSecondProcessOnTheFolderIsRefused() throws Exception {
    var second =
        ClickHouseChild.launch(data, ClickHouseChild.freePort(), ClickHouseChild.freePort());
    assertRefused(second, "the data folder is in use by another process: " + data);
  }

  @Test
  void aTakenPortIsRefused(@TempDir Path other) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = taken.getLocalPort();
      var second = ClickHouseChild.launch(other, ClickHouseChild.freePort(), port);
      assertRefused(second, "port %d is taken".formatted(port));
    }
  }

  @Test
  void rowsAreThereAfterEndOfInputAndAfterSigterm(@TempDir Path own) throws Exception {
    try (var server = ClickHouseChild.start(own)) {
      var client = new ServerUnderTest(server.url(), "default", "");
      client.run("CREATE TABLE kept (a UInt64) ENGINE = MergeTree ORDER BY a");
      client.run("INSERT INTO kept SELECT number FROM numbers(1000)");
      assertThat(server.leave()).isZero();
      server.restart();
      assertThat(client.run("SELECT count() FROM kept")).isEqualTo("1000");
      server.process().destroy();
      assertThat(server.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.process().exitValue()).isZero();
      server.restart();
      assertThat(client.run("SELECT count() FROM kept")).isEqualTo("1000");
    }
  }

  @Test
  void aRunningQueryDoesNotKeepItFromLeaving(@TempDir Path own) throws Exception {
    var server = ClickHouseChild.start(own);
    var client = new ServerUnderTest(server.url(), "default", "");
    var endless = "SELECT count() FROM numbers(1000000000000000)".getBytes(UTF_8);
    var query = CompletableFuture.supplyAsync(() -> client.post(Map.of(), endless));
    await()
        .until(
            () ->
                client
                    .run("SELECT count() FROM system.processes WHERE query LIKE '%00000000%'")
                    .equals("2"));
    assertThat(server.leave()).isZero();
    assertThat(code(query.get(10, TimeUnit.SECONDS))).isEqualTo(394);
  }

  @ParameterizedTest
  @CsvSource({
    "/play, /play",
    "/?role=admin, URL parameter role",
    "/?query=SELECT+1+INTO+OUTFILE+%27x%27, INTO OUTFILE",
    "/?query=INSERT+INTO+t+FROM+INFILE+%27x%27+FORMAT+CSV, FROM INFILE",
  })
  void whatIsNotOfferedIsNamed(String path, String feature) {
    var response = ServerUnderTest.send(HttpRequest.newBuilder(URI.create(child.url() + path)));
    assertThat(response.statusCode()).isEqualTo(501);
    assertThat(code(response)).isEqualTo(48);
    assertThat(text(response)).contains(feature);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Encoding, zstd, Content-Encoding: zstd",
    "Content-Encoding, br, Content-Encoding: br",
    "Content-Type, multipart/form-data; boundary=x, external tables",
  })
  void bodiesThatAreNotOfferedAreNamed(String header, String value, String feature) {
    var request =
        HttpRequest.newBuilder(URI.create(child.url() + "/?query=SELECT+1"))
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString("x"));
    var response = ServerUnderTest.send(request);
    assertThat(response.statusCode()).isEqualTo(501);
    assertThat(text(response)).contains(feature);
  }

  @Test
  void pathsForProbesAnswerOk() {
    for (var path : new String[] {"/ping", "/replicas_status", "/"}) {
      for (var base : new String[] {child.url(), child.readOnlyUrl()}) {
        var response = ServerUnderTest.send(HttpRequest.newBuilder(URI.create(base + path)));
        assertThat(text(response)).isEqualTo("Ok.\n");
      }
    }
  }

  @Test
  void aBodyThatBreaksOffStoresNothing() throws Exception {
    var client = new ServerUnderTest(child.url(), "default", "");
    client.run("CREATE TABLE broken_off (a UInt64) ENGINE = MergeTree ORDER BY a");
    sendAndHangUp("Content-Length: 1000000\r\n\r\n1\n2\n3\n");
    sendAndHangUp("Transfer-Encoding: chunked\r\n\r\n6\r\n1\n2\n3\n\r\n");
    await().until(() -> metric("queries_running") == 0);
    assertThat(client.run("SELECT count() FROM broken_off")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2"})
  void theReadOnlyPortDecidesHowReadOnlyItIs(String wish) {
    var client = new ServerUnderTest(child.readOnlyUrl(), "default", "");
    var url = Map.of("readonly", wish, "max_execution_time", "7");
    var limits = "SELECT getSetting('readonly'), getSetting('max_execution_time')";
    assertThat(text(client.post(url, limits.getBytes(UTF_8)))).isEqualTo("1\t7\n");
    var files = "SELECT count() FROM file('/etc/passwd', 'LineAsString')".getBytes(UTF_8);
    assertThat(code(client.post(url, files))).isEqualTo(164);
  }

  @Test
  void sqlThatIsTooLongIsRefused() {
    var client = new ServerUnderTest(child.url(), "default", "");
    var sql = "SELECT 1 /* %s */".formatted("x".repeat(2 << 20)).getBytes(UTF_8);
    var response = client.post(Map.of(), sql);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(code(response)).isEqualTo(229);
  }

  @Test
  void aLongTextOfValuesIsNoLongSql() {
    var client = new ServerUnderTest(child.url(), "default", "");
    client.run("CREATE TABLE long_text (a UInt64, b String) ENGINE = MergeTree ORDER BY a");
    var sql = new StringBuilder("INSERT INTO long_text VALUES ");
    for (var i = 0; i < 40_000; i++) {
      sql.append("(%d,'%s'),".formatted(i, "x".repeat(100)));
    }
    sql.setLength(sql.length() - 1);
    client.run(sql.toString());
    assertThat(client.run("SELECT count(), sum(a) FROM long_text")).isEqualTo("40000\t799980000");
  }

  @Test
  void timeIsUtcWhereverTheMachineStands() {
    var client = new ServerUnderTest(child.url(), "default", "");
    assertThat(client.run("SELECT timezone(), toDateTime(0)"))
        .isEqualTo("UTC\t1970-01-01 00:00:00");
  }

  private static void sendAndHangUp(String rest) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), child.port())) {
      var head = "POST /?query=INSERT+INTO+broken_off+FORMAT+TSV HTTP/1.1\r\nHost: x\r\n";
      socket.getOutputStream().write((head + rest).getBytes(UTF_8));
      await().until(() -> metric("queries_running") == 1);
    }
  }

  private static int metric(String name) {
    var page = ServerUnderTest.send(HttpRequest.newBuilder(URI.create(child.url() + "/metrics")));
    return text(page)
        .lines()
        .filter(line -> line.startsWith("nines_clickhouse_" + name + " "))
        .map(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(Process process, String reason) throws Exception {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8).lines())
        .containsExactly("clickhouse: " + reason);
  }
}
