// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  private static final Duration TOO_SHORT = Duration.ofSeconds(2);

  @TempDir Path folder;

  @Test
  void leavesCleanlyWhenStandardInputEnds() {
    Sleeper child = Sleeper.start(log(), "echo READY; read -r line; exit 7");
    var exit = child.onExit();
    child.close();
    assertThat(exit.join()).isEqualTo(7);
  }

  @Test
  void isKilledWhenItIgnoresTheEndOfStandardInput() {
    Sleeper child = Sleeper.start(log(), "trap '' TERM; echo READY; exec sleep 600");
    var exit = child.onExit();
    child.close();
    assertThat(exit.join()).isEqualTo(137);
  }

  @Test
  void itsExitIsSeenWhileItsOwnChildHoldsTheOutput() {
    Sleeper child = Sleeper.start(log(), "sleep 600 & echo $! READY; read -r line; exit 7");
    ProcessHandle grandchild =
        ProcessHandle.of(child.pid()).orElseThrow().children().findFirst().orElseThrow();
    var exit = child.onExit();
    child.close();
    assertThat(exit.orTimeout(10, SECONDS).join()).isEqualTo(7);
    assertThat(grandchild.destroyForcibly()).isTrue();
  }

  @Test
  void takesItsOwnChildrenAlongWhenKilled() {
    Sleeper child = Sleeper.start(log(), "sleep 600 & echo grandchild $!; echo READY; wait");
    ProcessHandle grandchild =
        ProcessHandle.of(child.pid()).orElseThrow().children().findFirst().orElseThrow();
    child.kill();
    assertThat(child.isAlive()).isFalse();
    assertThat(grandchild.isAlive()).isFalse();
  }

  @Test
  void failureCarriesExitCodeAndEndOfLog() {
    assertThatThrownBy(() -> Sleeper.start(log(), "echo port 9092 is taken >&2; exit 2"))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("sleeper left before it was ready (exit code 2)")
        .hasMessageContaining("port 9092 is taken");
  }

  @Test
  void aChildThatIsNeverReadyIsGivenUpAndKilled() {
    Path pid = folder.resolve("pid");
    assertThatThrownBy(
            () -> Sleeper.start(log(), "echo $$ > " + pid + "; exec sleep 600", TOO_SHORT))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("was not ready within 2 s");
    assertThat(ProcessHandle.of(readPid(pid))).isEqualTo(Optional.empty());
  }

  @Test
  void keepsTheLogOfTheRunBefore() throws Exception {
    Sleeper child = Sleeper.start(log(), "echo first run of $$; echo READY; read -r line");
    String firstRun = Files.readString(log());
    child.restart();
    assertThat(Files.readString(folder.resolve("child.out.1"))).isEqualTo(firstRun);
    assertThat(Files.readString(log())).isNotEqualTo(firstRun).contains("READY");
    child.close();
  }

  @Test
  void boundsTheLog() throws Exception {
    try (ChildLog log = ChildLog.open(log())) {
      String line = "x".repeat((1 << 20) - 1);
      for (int i = 0; i < 20; i++) {
        log.append(line);
      }
    }
    assertThat(Files.size(log())).isEqualTo(4L << 20);
    assertThat(Files.size(folder.resolve("child.out.1"))).isEqualTo(8L << 20);
  }

  private static long readPid(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path log() {
    return folder.resolve("child.out");
  }
}
