// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engines of a parent that got SIGKILL, and those that lost their watcher. */
class OrphanTest {

  @TempDir Path folder;

  @Test
  void enginesLeaveWithTheirParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                ChildJvm.command(
                    List.of("-Xmx64m"), ParentMain.class.getName(), List.of(folder.toString())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Long> engines;
    try (var lines = parent.inputReader()) {
      engines = List.of(Long.valueOf(lines.readLine()), Long.valueOf(lines.readLine()));
      assertThat(engines).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
      parent.destroyForcibly().waitFor();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(engines).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty()));
  }

  @Test
  void aPostmasterWithoutWatcherIsEndedBeforeTheNextStart() throws Exception {
    try (PostgresProcess postgres = PostgresProcess.start(folder)) {
      long postmaster = postgres.pid();
      ProcessHandle watcher = ProcessHandle.of(postgres.childPid()).orElseThrow();
      watcher.children().filter(p -> p.pid() != postmaster).forEach(ProcessHandle::destroyForcibly);
      var exit = postgres.onExit();
      watcher.destroyForcibly();
      exit.get();
      assertThat(ProcessHandle.of(postmaster)).isPresent();
      postgres.restart();
      assertThat(ProcessHandle.of(postmaster)).isEmpty();
      try (var connection = DriverManager.getConnection(postgres.jdbcUrl())) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }

  /** Starts the engines, says who they are, and waits to be killed. */
  static final class ParentMain {

    private ParentMain() {}

    public static void main(String[] args) throws Exception {
      KafkaProcess kafka = KafkaProcess.start(Path.of(args[0], "kafka"));
      PostgresProcess postgres = PostgresProcess.start(Path.of(args[0], "postgres"));
      System.out.println(kafka.pid());
      System.out.println(postgres.pid());
      kafka.onExit().get();
    }
  }
}
