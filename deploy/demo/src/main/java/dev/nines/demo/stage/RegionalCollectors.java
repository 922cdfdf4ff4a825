// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One {@code role collector} process with a logical collector for each of its regions. */
public final class RegionalCollectors implements Closeable {

  /** Ports of one logical collector. */
  public record Ports(int grpc, int http) {}

  private final Installation nines;
  private final Platform platform;
  private final Path folder;
  private final Map<String, Ports> ports = new LinkedHashMap<>();
  private final int healthPort;
  private Child process;

  public RegionalCollectors(
      Installation nines, Platform platform, Path folder, List<String> regions) throws IOException {
    this.nines = nines;
    this.platform = platform;
    this.folder = Files.createDirectories(folder);
    for (String region : regions) {
      ports.put(region, new Ports(platform.freePort(), platform.freePort()));
    }
    healthPort = platform.freePort();
    process = launch();
  }

  private Child launch() throws IOException {
    String spec =
        ports.entrySet().stream()
            .map(e -> e.getKey() + ":" + e.getValue().grpc() + ":" + e.getValue().http())
            .collect(Collectors.joining(","));
    return Child.startQuietly(
        nines.nines(
            "role",
            "collector",
            "--set",
            "nines.collectors=" + spec,
            "--set",
            "nines.data=" + folder,
            "--set",
            "nines.kafka.bootstrap-servers=" + platform.kafka(),
            "--set",
            "nines.watch-stdin=true",
            "--set",
            "quarkus.http.port=" + healthPort),
        nines.home(),
        folder.resolve("collector.log"));
  }

  public Map<String, Ports> ports() {
    return ports;
  }

  public URI health() {
    return URI.create("http://127.0.0.1:" + healthPort);
  }

  public void kill() {
    process.kill();
  }

  public void restart() throws IOException {
    process = launch();
  }

  @Override
  public void close() {
    process.close();
  }
}
