// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import dev.nines.embedded.postgres.PostgresFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** PostgreSQL 18 under a watcher; every commit is on the disk and outlives SIGKILL. */
public final class PostgresProcess extends RestartableProcess {

  /**
   * A shell that stops the postmaster (fast) when its standard input ends or on SIGTERM, and leaves
   * with the postmaster's exit code. The inner shell reads, so that the outer one can wait.
   */
  private static final String WATCHER =
      """
      exec 3<&0
      "$@" 3<&- &
      postmaster=$!
      { while read -r line; do :; done; kill -INT $postmaster; } <&3 2>/dev/null &
      reader=$!
      exec 3<&-
      trap 'kill -INT $postmaster' TERM INT
      wait $postmaster
      code=$?
      while kill -0 $postmaster 2>/dev/null; do wait $postmaster; code=$?; done
      kill $reader 2>/dev/null
      exit $code
      """;

  private final Path data;
  private final int port;
  private final PostgresFolder folder;

  private PostgresProcess(Path data, int port) {
    this.data = data;
    this.port = port;
    this.folder = new PostgresFolder(data);
  }

  /** Starts on a port of its own choice, kept in the data folder. */
  public static PostgresProcess start(Path data) {
    new PostgresFolder(data).endLeftover();
    return start(data, Ports.keptOrFree(data, "postgres"));
  }

  /** Starts with a given port on 127.0.0.1. */
  public static PostgresProcess start(Path data, int port) {
    PostgresProcess postgres = new PostgresProcess(data, port);
    postgres.restart();
    return postgres;
  }

  /** URL with user and password, for {@code DriverManager} and pools alike. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, PostgresFolder.DATABASE, PostgresFolder.USER, folder.password());
  }

  @Override
  public String name() {
    return "postgres";
  }

  /** Process id of the postmaster. */
  @Override
  public OptionalLong livePid() {
    return folder.postmaster().stream().mapToLong(ProcessHandle::pid).findFirst();
  }

  @Override
  protected Launch prepare() {
    folder.endLeftover();
    new PortUse(port, "PostgreSQL", remedy()).requireFree();
    folder.initialise();
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", WATCHER, "postgres-watcher"));
    command.addAll(folder.command(port));
    return new Launch(
        name(),
        command,
        Map.of("LC_ALL", "C"),
        data.resolve("postgres.out"),
        "database system is ready to accept connections",
        Duration.ofSeconds(60),
        Duration.ofSeconds(15));
  }

  private String remedy() {
    return "an edit of " + Ports.file(data);
  }
}
