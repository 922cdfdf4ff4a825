// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.ProcessCpu;
import dev.nines.embedded.PortUse;
import dev.nines.embedded.Ports;
import dev.nines.embedded.ServerJvm;
import dev.nines.embedded.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** One role of the built server, alone in its process with the settings of its delivery. */
final class NinesRole implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int TIMEOUT_MILLIS = 2_000;

  private final ServerProcess server;

  /**
   * Returns once it is ready.
   *
   * @param data its folder, where its state is
   * @param more properties beside role, folder and broker
   */
  NinesRole(Path home, Path data, String role, String kafka, Map<String, String> more) {
    Map<String, String> properties = new TreeMap<>(more);
    properties.put("nines.roles", role);
    properties.put("nines.data", data.toString());
    properties.put("nines.kafka.bootstrap-servers", kafka);
    server =
        ServerProcess.start(
            role,
            ServerJvm.jar(home),
            properties,
            List.of(new PortUse(Ports.free(), "health", "another try")),
            data.resolveSibling(role + ".out"));
  }

  long pid() {
    return server.pid();
  }

  /** User and system time that its process has taken. */
  double cpuSeconds() {
    try {
      return ProcessCpu.seconds(pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  void kill() {
    server.kill();
  }

  /** Starts the killed one again, on the same data; returns once it answers, ready or not. */
  void restart() {
    server.restart();
  }

  /** Returns once it is ready: what it keeps is restored. */
  void awaitReady() {
    long until = System.nanoTime() + READY_WITHIN.toNanos();
    while (!ready()) {
      if (!server.isAlive() || System.nanoTime() > until) {
        throw new BenchFailedException(server.name() + " did not become ready again");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private boolean ready() {
    try {
      HttpURLConnection request =
          (HttpURLConnection) URI.create(server.url() + "/health/ready").toURL().openConnection();
      request.setConnectTimeout(TIMEOUT_MILLIS);
      request.setReadTimeout(TIMEOUT_MILLIS);
      try {
        return request.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        request.disconnect();
      }
    } catch (IOException e) {
      return false; // It has more to do than to answer.
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
