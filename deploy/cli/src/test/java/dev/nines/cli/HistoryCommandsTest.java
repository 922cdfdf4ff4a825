// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nines.backtest.history.Entry.Incident;
import dev.nines.backtest.history.History;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code slo backtest} and {@code slo replay} on the shop's recorded day. */
class HistoryCommandsTest {

  private static final Path ROOT = Path.of(System.getProperty("nines.root"));
  private static final Path HISTORY = ROOT.resolve("slo-engine/examples/history");
  private static final String DAY = HISTORY.resolve("shops-day.jsonl.gz").toString();
  private static final Pattern TABLE =
      Pattern.compile("(?ms)^\\./nines slo backtest .*?^```\\n+```\\n(.*?)^```");
  private static final Pattern HASH = Pattern.compile("\\b[0-9a-f]{64}\\b");

  @TempDir Path folder;

  private record Outcome(int exitCode, String out, String errors) {}

  @Test
  void theReadmesTableIsWhatTheCommandPrints() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    var table = TABLE.matcher(readme);
    assertThat(table.find()).isTrue();
    Outcome outcome =
        run("slo", "backtest", DAY, "--policies", HISTORY.resolve("policies.yaml").toString());
    assertThat(outcome.exitCode()).isZero();
    List<String> printed = outcome.out().lines().map(String::stripTrailing).toList();
    assertThat(table.group(1).lines().toList()).hasSizeGreaterThan(8).isSubsetOf(printed);
  }

  /** What the engine told live is in the file: the playback tells the same. */
  @Test
  void thePlaybackTellsWhatThePlatformTold() {
    Outcome outcome = run("slo", "backtest", DAY);
    assertThat(outcome.out())
        .contains(
            "declared: 15 of the 15 alerts told live are played, of 15 in all;"
                + " openings at most 0.000 s apart");
  }

  @Test
  void replayGivesTheHashOfTheReadmeAndTheLedger() throws IOException {
    var hash = HASH.matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(hash.find()).isTrue();
    Outcome outcome = run("slo", "replay", DAY);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("SHA-256  " + hash.group())
        .contains("506 minutes compared, 0 differ; 0 are not complete yet");
  }

  @Test
  void belowWhatIsAskedForTheExitCodeSaysSo() {
    assertThat(run("slo", "backtest", DAY, "--min-recall", "1").exitCode()).isZero();
    Path other = folder.resolve("labels.jsonl");
    Outcome missing = run("slo", "backtest", DAY, "--labels", other.toString());
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.errors()).isEqualTo("nines: there is no file " + other + "\n");
    Outcome unknown = run("slo", "backtest", DAY, "--slo", "checkout");
    assertThat(unknown.errors()).isEqualTo("nines: --slo checkout: the history has no such SLO\n");
  }

  /** A second incident that nobody was paged for. */
  @Test
  void labelsOfAPersonAreCasesToo() throws IOException {
    Path labels =
        Files.writeString(
            folder.resolve("labels.jsonl"),
            "{\"is\":\"incident\",\"name\":\"x\",\"begin\":\"2026-11-27T19:14:00Z\","
                + "\"end\":\"2026-11-27T19:14:30Z\",\"slos\":[\"cart-availability\"]}\n");
    Path report = folder.resolve("report.jsonl");
    Outcome outcome =
        run(
            "slo",
            "backtest",
            DAY,
            "--labels",
            labels.toString(),
            "--min-recall",
            "1",
            "--report",
            report.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(Files.readString(report).lines().findFirst().orElse(""))
        .startsWith(
            "{\"policies\":\"declared\",\"severity\":\"page\",\"slos\":11,\"alerts\":8,\"right\":8,\"cases\":11,\"detected\":10,");
  }

  /** The API has the latest first; one is not about an SLO. */
  @Test
  void resolvedIncidentsAreLabelsToCorrect() throws IOException {
    String body =
        """
        [{"title":"B","slo":"default/cart","firstBadAt":"2026-11-27T11:00:00Z",
          "resolvedAt":"2026-11-27T11:05:00Z","conditions":[{"scope":"global"}]},
         {"title":"The platform is ill","firstBadAt":"2026-11-27T10:30:00Z",
          "resolvedAt":"2026-11-27T10:31:00Z","conditions":[]},
         {"title":"A","slo":"default/checkout","firstBadAt":"2026-11-27T10:00:00Z",
          "resolvedAt":"2026-11-27T10:05:00Z",
          "conditions":[{"scope":"global"},{"scope":"eu"},{"scope":"eu"}]}]
        """;
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/incidents",
        exchange -> {
          boolean asked =
              exchange.getRequestURI().getQuery().equals("state=resolved")
                  && "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] answer = (asked ? body : "no").getBytes(UTF_8);
          exchange.sendResponseHeaders(asked ? 200 : 401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      Path token = Files.writeString(folder.resolve("token"), "secret\n");
      String api = "http://127.0.0.1:" + server.getAddress().getPort();
      Outcome outcome = run("slo", "labels", "--api", api, "--token-file", token.toString());
      assertThat(outcome.exitCode()).isZero();
      Path labels = Files.writeString(folder.resolve("labels.jsonl"), outcome.out());
      assertThat(History.incidents(labels))
          .containsExactly(
              new Incident(
                  "A",
                  Instant.parse("2026-11-27T10:00:00Z"),
                  Instant.parse("2026-11-27T10:05:00Z"),
                  List.of("checkout"),
                  List.of("eu")),
              new Incident(
                  "B",
                  Instant.parse("2026-11-27T11:00:00Z"),
                  Instant.parse("2026-11-27T11:05:00Z"),
                  List.of("cart"),
                  List.of()));
      Files.writeString(token, "wrong");
      assertThat(run("slo", "labels", "--api", api, "--token-file", token.toString()).exitCode())
          .isEqualTo(1);
    } finally {
      server.stop(0);
    }
  }

  private static Outcome run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, UTF_8));
      System.setErr(new PrintStream(complained, true, UTF_8));
      int code = Main.commandLine().execute(arguments);
      return new Outcome(code, printed.toString(UTF_8), complained.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
