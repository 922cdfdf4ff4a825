// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.embedded.DataFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {

  @TempDir Path folder;

  private record Outcome(int exitCode, String errors) {}

  @Test
  void aSecondUpIsRefusedInOneLine() {
    try (DataFolder running = DataFolder.lock(folder)) {
      Outcome outcome = run("up", "--data", folder.toString());
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.errors().strip())
          .isEqualTo(
              "nines: Nines already runs in %s (pid %d)"
                  .formatted(running.path(), ProcessHandle.current().pid()));
    }
  }

  @Test
  void aTakenPortIsNamedWithItsOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Outcome outcome = run("up", "--data", folder.toString(), "--port", port);
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.errors())
          .startsWith("nines: port " + port + " (API) is taken by process ")
          .endsWith("choose another port with --port" + System.lineSeparator());
    }
  }

  @Test
  void mistakesInProbesAreSaidBeforeAnythingStarts() throws Exception {
    Path probes = Files.writeString(folder.resolve("probes.yaml"), "kind: Probe\n");
    Outcome outcome = run("up", "--data", folder.toString(), "--set", "nines.probes=" + probes);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errors().lines())
        .startsWith("nines: nines.probes:", probes + ":1:1 apiVersion: is required")
        .hasSize(4);
    assertThat(run("probe", "check", probes.toString()).exitCode()).isEqualTo(1);
  }

  @Test
  void mistakesInScrapesAreSaidBeforeAnythingStarts() throws Exception {
    Path jobs = Files.writeString(folder.resolve("scrapes.yml"), "rule_files: [a]\n");
    String setting = "nines.scrape-configs=" + jobs;
    Outcome outcome = run("up", "--data", folder.toString(), "--set", setting);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errors().lines())
        .containsExactly(
            "nines: nines.scrape-configs:",
            jobs + ":1:1 scrape_configs: is required",
            jobs + ":1:13 rule_files: Prometheus has this, Nines has not");
    assertThat(run("scrape", "check", jobs.toString()).exitCode()).isEqualTo(1);
  }

  @Test
  void anExportIsWrittenAndExportsAsItself() throws Exception {
    Path root = Path.of(System.getProperty("nines.root"), "slo-engine", "examples");
    String orders = root.resolve("references/orders.yaml").toString();
    Path first = folder.resolve("first.yaml");
    Path second = folder.resolve("second.yaml");
    assertThat(run("slo", "export", orders, "--output", first.toString()).exitCode()).isZero();
    assertThat(run("slo", "check", first.toString()).exitCode()).isZero();
    assertThat(run("slo", "export", first.toString(), "--output", second.toString()).exitCode())
        .isZero();
    assertThat(second).hasSameBinaryContentAs(first).content().contains("name: orders-2\n");
    Path dialect = folder.resolve("dialect.yaml");
    Files.writeString(
        dialect, Files.readString(first).replace("target: 0.99\n", "target: '0.99'\n"));
    assertThat(run("slo", "check", dialect.toString()).exitCode()).isEqualTo(1);
    assertThat(run("slo", "check", "--lenient", dialect.toString()).exitCode()).isZero();
    String lenient = folder.resolve("lenient.yaml").toString();
    assertThat(
            run("slo", "export", "--lenient", dialect.toString(), "--output", lenient).exitCode())
        .isZero();
    assertThat(Path.of(lenient)).hasSameBinaryContentAs(first);
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "kind: SLO\n");
    Path none = folder.resolve("none.yaml");
    assertThat(run("slo", "export", wrong.toString(), "--output", none.toString()).exitCode())
        .isEqualTo(1);
    assertThat(none).doesNotExist();
    String folderItself = folder.toString();
    assertThat(run("slo", "export", first.toString(), "--output", folderItself).exitCode())
        .isEqualTo(2);
  }

  @Test
  void specsOfSlothAreImportedWholeOrInPart() throws Exception {
    Path examples = Path.of(System.getProperty("nines.root"), "slo-engine", "examples");
    String shop = examples.resolve("sloth/shop.yml").toString();
    String refused = examples.resolve("sloth/refused.yml").toString();
    Path out = folder.resolve("slos.yaml");
    assertThat(
            run("slo", "import", shop, "--arrival", "scrape", "--output", out.toString())
                .exitCode())
        .isZero();
    assertThat(run("slo", "check", out.toString()).exitCode()).isZero();
    Path none = folder.resolve("none.yaml");
    assertThat(run("slo", "import", shop, refused, "--output", none.toString()).exitCode())
        .isEqualTo(1);
    assertThat(none).doesNotExist();
    assertThat(
            run("slo", "import", shop, refused, "--partial", "--output", none.toString())
                .exitCode())
        .isEqualTo(1);
    assertThat(none).content().contains("shop-translated").doesNotContain("shop-raw");
    assertThat(run("slo", "check", none.toString()).exitCode()).isZero();
    assertThat(run("slo", "import", folder.resolve("absent").toString()).exitCode()).isEqualTo(2);
    Path nowhere = folder.resolve("absent/shop.yaml");
    assertThat(SloCommand.unwritable(nowhere, new NoSuchFileException(nowhere.toString())))
        .endsWith(nowhere + " cannot be written: there is no folder " + folder.resolve("absent"));
    assertThat(run("slo", "check", shop, "--events-per-hour", "abc").errors())
        .startsWith("Invalid value for option '--events-per-hour': 'abc' is no number");
    assertThat(run("slo", "import", shop, "--output", folder.toString(), "--arrival", "scrape"))
        .extracting(Outcome::exitCode)
        .isEqualTo(2);
    assertThat(run("slo", "import", shop, "--period", "7d").errors())
        .contains("Sloth has no windows for '7d'");
  }

  @Test
  void unknownOptionsAreRefusedWithUsage() {
    Outcome outcome = run("up", "--colour", "red");
    assertThat(outcome.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(outcome.errors()).contains("--colour").contains("Usage: nines up");
  }

  @Test
  void aRoleBecomesTheProcessThatWasStarted() throws Exception {
    Process process =
        new ProcessBuilder(
                java(), "-cp", System.getProperty("java.class.path"), ExecMain.class.getName())
            .start();
    String shell = new String(process.getInputStream().readAllBytes()).strip();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(shell).isEqualTo("%d two words".formatted(process.pid()));
    assertThat(process.exitValue()).isEqualTo(7);
  }

  private static Outcome run(String... arguments) {
    StringWriter errors = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(errors, true));
    return new Outcome(commandLine.execute(arguments), errors.toString());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Becomes a shell that tells its process id and one argument. */
  static final class ExecMain {

    private ExecMain() {}

    public static void main(String[] args) {
      throw Exec.replaceThisProcess(
          List.of("/bin/sh", "-c", "echo $$ \"$1\"; exit 7", "sh", "two words"));
    }
  }
}
