// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

  @TempDir Path folder;

  @Test
  void startsADeadChildAgainWithinTheBackOff() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    LinkedBlockingQueue<Boolean> restarts = new LinkedBlockingQueue<>();
    try (DataFolder data = DataFolder.lock(folder);
        Supervisor supervisor =
            new Supervisor(data.pidFiles(), said::add, () -> restarts.add(true))) {
      Sleeper child = Sleeper.start(folder.resolve("child.out"));
      supervisor.watch(child);
      for (int death = 0; death < 4; death++) {
        long before = child.pid();
        child.kill();
        assertThat(restarts.poll(15, TimeUnit.SECONDS)).isTrue();
        assertThat(supervisor.pids())
            .hasEntrySatisfying("sleeper", pid -> assertThat(pid).isNotEqualTo(before));
      }
      assertThat(said).contains("sleeper left with exit code 137; it is started again");
      assertThat(Files.readString(folder.resolve("pids/sleeper"))).startsWith(child.pid() + "\n");
    }
  }

  @Test
  void keepsTryingWhileAChildCannotStart() throws Exception {
    Path broken = folder.resolve("broken");
    List<String> said = new CopyOnWriteArrayList<>();
    LinkedBlockingQueue<Boolean> restarts = new LinkedBlockingQueue<>();
    try (DataFolder data = DataFolder.lock(folder);
        Supervisor supervisor =
            new Supervisor(data.pidFiles(), said::add, () -> restarts.add(true))) {
      Sleeper child =
          Sleeper.start(
              folder.resolve("child.out"),
              "test -e " + broken + " && echo it is broken && exit 2; echo READY; read -r line");
      supervisor.watch(child);
      Files.createFile(broken);
      child.kill();
      Awaitility.await()
          .until(() -> said.stream().filter(line -> line.contains("it is broken")).count() >= 2);
      Files.delete(broken);
      assertThat(restarts.poll(15, TimeUnit.SECONDS)).isTrue();
      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void stopsEverythingAndStartsNothingAgain() {
    List<String> said = new CopyOnWriteArrayList<>();
    try (DataFolder data = DataFolder.lock(folder)) {
      Supervisor supervisor = new Supervisor(data.pidFiles(), said::add, () -> {});
      Sleeper child = Sleeper.start(folder.resolve("child.out"));
      supervisor.watch(child);
      supervisor.close();
      assertThat(child.isAlive()).isFalse();
      assertThat(supervisor.pids()).isEmpty();
      assertThat(folder.resolve("pids/sleeper")).doesNotExist();
    }
    assertThat(said).isEmpty();
  }

  @Test
  void refusesASecondStart() {
    try (DataFolder first = DataFolder.lock(folder)) {
      assertThatThrownBy(() -> DataFolder.lock(folder))
          .isInstanceOf(StartFailedException.class)
          .hasMessage(
              "Nines already runs in %s (pid %d)"
                  .formatted(first.path(), ProcessHandle.current().pid()));
    }
    DataFolder.lock(folder).close();
  }

  @Test
  void endsLeftoversOfItsOwnPidFilesOnly() throws Exception {
    Process leftover = new ProcessBuilder("sleep", "600").start();
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try (DataFolder data = DataFolder.lock(folder)) {
      data.pidFiles().write("kafka", leftover.pid());
      Files.writeString(folder.resolve("pids/reused"), stranger.pid() + "\n2020-01-01T00:00:00Z\n");
      Files.writeString(folder.resolve("pids/torn"), Long.toString(stranger.pid()));
      assertThat(data.pidFiles().endLeftovers()).containsExactly("kafka");
      assertThat(leftover.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(stranger.isAlive()).isTrue();
      assertThat(folder.resolve("pids")).isEmptyDirectory();
    } finally {
      leftover.destroyForcibly();
      stranger.destroyForcibly();
    }
  }

  @Test
  void aTakenPortIsNamedWithItsHolderAndTheRemedy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> new PortUse(port, "OTLP/gRPC", "--otlp-grpc-port").requireFree())
          .isInstanceOf(StartFailedException.class)
          .hasMessageStartingWith(
              "port %d (OTLP/gRPC) is taken by process %d ("
                  .formatted(port, ProcessHandle.current().pid()))
          .hasMessageEndingWith(": stop it, or choose another port with --otlp-grpc-port");
    }
  }

  @Test
  void keepsItsPortsUntilSomebodyElseHasThem() throws Exception {
    int port = Ports.keptOrFree(folder, "kafka");
    assertThat(Ports.keptOrFree(folder, "kafka")).isEqualTo(port);
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.keptOrFree(folder, "kafka")).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void givesNoPortToTwoNamesOfOneFolder() {
    int port = Ports.keptOrFree(folder, "controller");
    Ports.keep(folder, "kafka", port);
    assertThat(Ports.keptOrFree(folder, "controller")).isNotEqualTo(port);
    assertThat(Ports.keptOrFree(folder, "kafka")).isEqualTo(port);
  }

  @Test
  void childrenLeaveWhenTheirParentIsKilled() throws Exception {
    Path log = folder.resolve("child.out");
    Process parent =
        new ProcessBuilder(
                ChildJvm.command(
                    List.of("-Xmx64m"), ParentMain.class.getName(), List.of(log.toString())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long child;
    try (var lines = parent.inputReader()) {
      child = Long.parseLong(lines.readLine());
      assertThat(ProcessHandle.of(child)).isPresent();
      parent.destroyForcibly().waitFor();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(ProcessHandle.of(child)).isEmpty());
  }

  /** A parent that says who its child is, and then waits to be killed. */
  static final class ParentMain {

    private ParentMain() {}

    public static void main(String[] args) throws Exception {
      Sleeper child = Sleeper.start(Path.of(args[0]));
      System.out.println(child.pid());
      child.onExit().get();
    }
  }
}
