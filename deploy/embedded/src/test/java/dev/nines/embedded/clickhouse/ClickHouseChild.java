// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@link ClickHouseMain} as a child JVM, started as the launcher starts it. */
final class ClickHouseChild implements AutoCloseable {
  private final Path data;
  private final int port;
  private final int readOnlyPort;
  private Process process;

  private ClickHouseChild(Path data, int port, int readOnlyPort) throws IOException {
    this.data = data;
    this.port = port;
    this.readOnlyPort = readOnlyPort;
    this.process = launch(data, port, readOnlyPort);
  }

  /** Serves when this returns. */
  static ClickHouseChild start(Path data) throws IOException {
    var child = new ClickHouseChild(data, freePort(), freePort());
    child.awaitReady();
    return child;
  }

  static Process launch(Path data, int port, int readOnlyPort) throws IOException {
    var command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(
        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ClickHouseMain.class.getName());
    command.addAll(List.of("--data", data.toString(), "--port", "" + port));
    command.addAll(List.of("--read-only-port", "" + readOnlyPort));
    command.addAll(List.of("--library", library().toString()));
    return new ProcessBuilder(command).start();
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  String readOnlyUrl() {
    return "http://127.0.0.1:" + readOnlyPort;
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  /** SIGKILL, in the middle of whatever it does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void restart() throws IOException {
    process = launch(data, port, readOnlyPort);
    awaitReady();
  }

  /** Ends its standard input, as a parent that dies does; the exit code. */
  int leave() throws IOException, InterruptedException {
    process.outputWriter().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still alive 20 s after the end of its input");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    try {
      leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private void awaitReady() throws IOException {
    var line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    if (!"READY".equals(line)) {
      throw new IllegalStateException(
          "no READY but "
              + line
              + ": "
              + new String(process.getErrorStream().readAllBytes(), UTF_8));
    }
  }

  private static Path library() {
    return Optional.ofNullable(System.getProperty("NINES_CHDB_LIBRARY"))
        .or(() -> Optional.ofNullable(System.getenv("NINES_CHDB_LIBRARY")))
        .map(Path::of)
        .orElseGet(() -> cache().resolve("chdb-26.7.3-stable.1/libchdb.so"));
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("NINES_CACHE"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache/nines"));
  }
}
