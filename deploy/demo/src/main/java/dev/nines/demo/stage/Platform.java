// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import dev.nines.embedded.Addresses;
import dev.nines.embedded.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** {@code ./nines up} in a folder of its own, on free ports. */
public final class Platform implements Closeable {

  private static final long START_SECONDS = 120;

  private final Child up;
  private final Path data;
  private final Set<Integer> givenPorts = new HashSet<>();

  private Platform(Child up, Path data) {
    this.up = up;
    this.data = data;
  }

  /**
   * Starts and waits until it accepts telemetry.
   *
   * @param settings {@code key=value} for the server
   */
  public static Platform start(Installation nines, Path folder, List<String> settings)
      throws IOException {
    Path data = folder.resolve("platform");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "up",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(Ports.free()),
                "--otlp-grpc-port",
                Integer.toString(Ports.free()),
                "--otlp-http-port",
                Integer.toString(Ports.free())));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    Path log = folder.resolve("up.log");
    Child up = Child.startQuietly(nines.nines(arguments.toArray(String[]::new)), nines.home(), log);
    Platform platform = new Platform(up, data);
    platform.awaitReady(log);
    return platform;
  }

  private void awaitReady(Path log) throws IOException {
    long end = System.nanoTime() + START_SECONDS * 1_000_000_000L;
    while (!Files.exists(Addresses.file(data))) {
      if (!up.process().isAlive() || System.nanoTime() > end) {
        up.kill();
        throw new IOException("the platform did not start:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(100_000_000L);
    }
  }

  /** A free port that was not given before: whoever asked may not have opened it yet. */
  int freePort() {
    int port = Ports.free();
    while (!givenPorts.add(port)) {
      port = Ports.free();
    }
    return port;
  }

  private Addresses read() {
    return Addresses.read(data);
  }

  public URI api() {
    return URI.create(read().api());
  }

  /** OTLP over HTTP and remote write of its own collector. */
  public URI otlpHttp() {
    return URI.create(read().otlpHttp().values().iterator().next());
  }

  /** OTLP over gRPC of its own collector. */
  public URI otlpGrpc() {
    return URI.create(read().otlpGrpc().values().iterator().next());
  }

  /** Process by child: kafka, clickhouse, postgres, server. */
  public Map<String, Long> pids() {
    return read().pids();
  }

  /** ClickHouse; the demo reads through the read-only port. */
  public URI store() {
    return URI.create(read().clickhouseReadOnly());
  }

  /** ClickHouse with writes, for sabotage. */
  public URI writableStore() {
    return URI.create(read().clickhouse());
  }

  public String kafka() {
    return read().kafka();
  }

  /** JDBC URL with user and password, for what has no API. */
  public String postgres() {
    return read().postgres();
  }

  public String token() throws IOException {
    return Files.readString(Path.of(read().adminTokenFile())).strip();
  }

  public long readyMillis() {
    return read().readyMillis();
  }

  /** SIGKILL of one child: kafka, clickhouse, postgres, server. */
  public void kill(String child) throws IOException {
    Long pid = read().pids().get(child);
    if (pid == null) {
      throw new IOException("no child " + child);
    }
    ProcessHandle.of(pid)
        .orElseThrow(() -> new IOException("no process " + pid + " for " + child))
        .destroyForcibly();
  }

  @Override
  public void close() {
    up.close();
  }
}
