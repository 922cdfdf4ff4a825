// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The server in a JVM of its own, with all roles or with some. */
public final class ServerProcess extends RestartableProcess {

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int POLL_TIMEOUT_MILLIS = 2_000;
  private static final int COMPLAINT_BYTES_MAX = 2_000;

  private final String name;
  private final Path jar;
  private final Map<String, String> properties;
  private final List<PortUse> ports;
  private final Path log;

  /**
   * Once it has served, it counts as started again when it lives: its readiness includes stores
   * that may be away for long, and to kill it for them would end ingest and paging, too.
   */
  private boolean served;

  private ServerProcess(
      String name, Path jar, Map<String, String> properties, List<PortUse> ports, Path log) {
    this.name = name;
    this.jar = jar;
    this.properties = Map.copyOf(properties);
    this.ports = List.copyOf(ports);
    this.log = log;
  }

  /**
   * Starts a server and waits until {@code /health/ready} answers 200.
   *
   * @param name in messages, log and pid file
   * @param jar {@code quarkus-run.jar}
   * @param properties system properties; {@code quarkus.http.port} is the first port's
   * @param ports all ports that it will open, the HTTP port first
   */
  public static ServerProcess start(
      String name, Path jar, Map<String, String> properties, List<PortUse> ports, Path log) {
    ServerProcess server = new ServerProcess(name, jar, properties, ports, log);
    server.restart();
    return server;
  }

  /** {@code http://127.0.0.1:port} of the API. */
  public String url() {
    return "http://127.0.0.1:" + ports.getFirst().port();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected Launch prepare() {
    ports.forEach(PortUse::requireFree);
    Map<String, String> all = new HashMap<>(properties);
    all.put("quarkus.http.host", "127.0.0.1");
    all.put("quarkus.http.port", Integer.toString(ports.getFirst().port()));
    all.put("nines.watch-stdin", "true");
    return new Launch(
        name,
        ServerJvm.command(jar, all),
        Map.of("MALLOC_ARENA_MAX", "2"),
        log,
        "",
        READY_WITHIN,
        Duration.ofSeconds(30));
  }

  @Override
  protected void awaitServing(ChildProcess started) {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!answers(served ? "/health/live" : "/health/ready")) {
      if (!started.isAlive()) {
        throw new StartFailedException(failure("left before it was ready", started));
      }
      if (System.nanoTime() > deadline) {
        String why = failure("was not ready in 90 s: " + complaint(), started);
        started.dumpThreads();
        started.kill();
        throw new StartFailedException(why);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    served = true;
  }

  private boolean answers(String path) {
    try {
      HttpURLConnection request =
          (HttpURLConnection) URI.create(url() + path).toURL().openConnection();
      request.setConnectTimeout(POLL_TIMEOUT_MILLIS);
      request.setReadTimeout(POLL_TIMEOUT_MILLIS);
      try {
        return request.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        request.disconnect();
      }
    } catch (IOException e) {
      return false; // Not listening yet.
    }
  }

  /** What it says of its parts, on a line. */
  private String complaint() {
    try {
      HttpURLConnection request =
          (HttpURLConnection) URI.create(url() + "/health/ready").toURL().openConnection();
      request.setConnectTimeout(POLL_TIMEOUT_MILLIS);
      request.setReadTimeout(POLL_TIMEOUT_MILLIS);
      try (InputStream body = request.getErrorStream()) {
        return body == null
            ? "status " + request.getResponseCode()
            : new String(body.readNBytes(COMPLAINT_BYTES_MAX), StandardCharsets.UTF_8).strip();
      }
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private String failure(String what, ChildProcess started) {
    return "%s %s; end of %s:\n%s".formatted(name, what, log, started.logTail());
  }
}
