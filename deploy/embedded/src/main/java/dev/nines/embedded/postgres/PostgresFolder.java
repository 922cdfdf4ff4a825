// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.postgres;

import dev.nines.embedded.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One PostgreSQL data folder: cluster, password, and the postmaster that works on it. */
public final class PostgresFolder {

  public static final String USER = "nines";
  public static final String DATABASE = "nines";

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "shared_buffers=32MB",
          "max_connections=60",
          "max_wal_size=256MB",
          "log_min_messages=warning");

  private final Path cluster;
  private final Path passwordFile;

  public PostgresFolder(Path data) {
    this.cluster = data.toAbsolutePath().resolve("cluster");
    this.passwordFile = data.toAbsolutePath().resolve("password");
  }

  public String password() {
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the cluster on the first start; a half made one is made again. */
  public void initialise() {
    Path done = cluster.resolveSibling("initialised");
    if (Files.exists(done)) {
      return;
    }
    try {
      Commands.run("rm", List.of("rm", "-rf", cluster.toString()));
      Files.createDirectories(cluster);
      writePassword();
      initdb();
      Files.createFile(done);
    } catch (IOException e) {
      throw new UncheckedIOException("can't initialise " + cluster, e);
    }
  }

  /** The postmaster's command line. */
  public List<String> command(int port) {
    List<String> command = new ArrayList<>(OrdinaryUser.prefix(cluster));
    command.addAll(List.of(PostgresBinaries.program("postgres"), "-D", cluster.toString()));
    command.addAll(List.of("-p", Integer.toString(port)));
    for (String setting : SETTINGS) {
      command.addAll(List.of("-c", setting));
    }
    return command;
  }

  /** The live postmaster of this folder, by its own lock file. */
  public Optional<ProcessHandle> postmaster() {
    Path lock = cluster.resolve("postmaster.pid");
    try {
      if (!Files.exists(lock)) {
        return Optional.empty();
      }
      long pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
      return ProcessHandle.of(pid).filter(this::worksHere);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a postmaster that a killed parent left behind, and removes its lock file. */
  public void endLeftover() {
    postmaster().ifPresent(PostgresFolder::end);
    try {
      Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writePassword() throws IOException {
    Files.deleteIfExists(passwordFile);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(passwordFile, ownerOnly);
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Files.writeString(passwordFile, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  private void initdb() {
    List<String> prefix = OrdinaryUser.prefix(cluster);
    Commands.run(
        "initdb",
        Commands.join(
            prefix,
            List.of(
                "/bin/sh",
                "-c",
                // A pipe of the user's own: after a change of user ours can't be opened by name.
                "cat | \"$@\"",
                "initdb",
                PostgresBinaries.program("initdb"),
                "-D",
                cluster.toString(),
                "-U",
                USER,
                "--pwfile=/dev/stdin",
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-instructions")),
        password() + "\n");
    Commands.run(
        "create database",
        Commands.join(
            prefix,
            List.of(
                PostgresBinaries.program("postgres"),
                "--single",
                "-D",
                cluster.toString(),
                "postgres")),
        "CREATE DATABASE " + DATABASE + "\n");
  }

  /** Process ids are used again: only a postgres that was started on this folder is ours. */
  private boolean worksHere(ProcessHandle process) {
    Path commandLine = Path.of("/proc/" + process.pid() + "/cmdline");
    try {
      String words = Files.readString(commandLine);
      return words.contains("postgres") && words.contains(cluster.toString());
    } catch (IOException e) {
      return false; // It has gone meanwhile.
    }
  }

  private static void end(ProcessHandle postmaster) {
    try {
      // SIGTERM waits for sessions, and they end with the parent that we come after.
      List<ProcessHandle> backends = postmaster.descendants().toList();
      postmaster.destroyForcibly();
      backends.forEach(ProcessHandle::destroyForcibly);
      postmaster.onExit().get(10, TimeUnit.SECONDS);
      for (ProcessHandle backend : backends) {
        backend.onExit().get(10, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new StartFailedException("leftover postgres " + postmaster.pid() + " doesn't end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailedException("interrupted while a leftover postgres ended", e);
    }
  }
}
