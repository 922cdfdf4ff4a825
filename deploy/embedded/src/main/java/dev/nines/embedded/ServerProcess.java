// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The server in a JVM of its own, with all roles or with some. */
public final class ServerProcess extends RestartableProcess {

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int POLL_TIMEOUT_MILLIS = 2_000;

  private static final List<String> FLAGS =
      List.of(
          "-Xmx768m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final String name;
  private final Path jar;
  private final Map<String, String> properties;
  private final List<PortUse> ports;
  private final Path log;

  private ServerProcess(
      String name, Path jar, Map<String, String> properties, List<PortUse> ports, Path log) {
    this.name = name;
    this.jar = jar;
    this.properties = new TreeMap<>(properties);
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
    if (!Files.exists(jar)) {
      throw new StartFailedException("the server is not built: there is no " + jar);
    }
    ports.forEach(PortUse::requireFree);
    return new Launch(
        name,
        command(),
        Map.of("MALLOC_ARENA_MAX", "2"),
        log,
        "",
        READY_WITHIN,
        Duration.ofSeconds(30));
  }

  @Override
  protected void awaitServing(ChildProcess started) {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!answersReady()) {
      if (!started.isAlive()) {
        throw new StartFailedException(failure("left before it was ready", started));
      }
      if (System.nanoTime() > deadline) {
        started.kill();
        throw new StartFailedException(failure("was not ready in 90 s", started));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(ChildJvm.home().resolve("bin/java").toString());
    command.addAll(flags());
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=" + ports.getFirst().port());
    command.add("-Dnines.watch-stdin=true");
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** {@code NINES_SERVER_FLAGS} comes last, so it wins over ours. */
  private static List<String> flags() {
    List<String> flags = new ArrayList<>(FLAGS);
    @Nullable String more = System.getenv("NINES_SERVER_FLAGS");
    if (more != null && !more.isBlank()) {
      flags.addAll(List.of(more.strip().split("\\s+")));
    }
    return flags;
  }

  private boolean answersReady() {
    try {
      HttpURLConnection request =
          (HttpURLConnection) URI.create(url() + "/health/ready").toURL().openConnection();
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

  private String failure(String what, ChildProcess started) {
    return "%s %s; end of %s:\n%s".formatted(name, what, log, started.logTail());
  }
}
