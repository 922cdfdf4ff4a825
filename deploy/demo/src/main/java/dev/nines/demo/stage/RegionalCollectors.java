// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One {@code role collector} process with a logical collector for each of its regions. */
public final class RegionalCollectors implements Closeable {

  /** Ports of one logical collector. */
  public record Ports(int grpc, int http) {}

  private final Map<String, Ports> ports = new LinkedHashMap<>();
  private final RoleProcess process;

  public RegionalCollectors(
      Installation nines, Platform platform, Path folder, List<String> regions) throws IOException {
    for (String region : regions) {
      ports.put(region, new Ports(platform.freePort(), platform.freePort()));
    }
    String spec =
        ports.entrySet().stream()
            .map(e -> e.getKey() + ":" + e.getValue().grpc() + ":" + e.getValue().http())
            .collect(Collectors.joining(","));
    process =
        new RoleProcess(nines, platform, folder, "collector", List.of("nines.collectors=" + spec));
  }

  public Map<String, Ports> ports() {
    return ports;
  }

  public URI health() {
    return process.health();
  }

  public void kill() {
    process.kill();
  }

  public void restart() throws IOException {
    process.restart();
  }

  @Override
  public void close() {
    process.close();
  }
}
