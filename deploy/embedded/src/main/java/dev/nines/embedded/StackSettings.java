// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One installation on one machine.
 *
 * @param serverJar {@code quarkus-run.jar}
 * @param data folder of everything that is kept
 * @param port of the API
 * @param collectors regions whose OTLP ports the server opens; the first is the server's own region
 * @param kafka bootstrap servers to use in place of the embedded broker
 * @param clickhouse HTTP URLs to use in place of the embedded ClickHouse
 * @param postgres JDBC URL to use in place of the embedded PostgreSQL
 * @param serverProperties system properties of the server beside those that follow from the rest
 */
public record StackSettings(
    Path serverJar,
    Path data,
    int port,
    List<Collector> collectors,
    Optional<String> kafka,
    Optional<ClickHouseUrls> clickhouse,
    Optional<String> postgres,
    Map<String, String> serverProperties) {

  /**
   * @param url reads and writes
   * @param readOnlyUrl for readers that must not write
   */
  public record ClickHouseUrls(String url, String readOnlyUrl) {}

  public StackSettings {
    data = data.toAbsolutePath().normalize();
    collectors = List.copyOf(collectors);
    serverProperties = Map.copyOf(serverProperties);
  }

  /** All embedded, region {@code master} on the given ports. */
  public static StackSettings embedded(Path serverJar, Path data, int port, Collector collector) {
    return new StackSettings(
        serverJar,
        data,
        port,
        List.of(collector),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  List<PortUse> portUses() {
    java.util.ArrayList<PortUse> uses = new java.util.ArrayList<>();
    uses.add(new PortUse(port, "API", "--port"));
    for (Collector collector : collectors) {
      String region = " of region " + collector.region();
      uses.add(new PortUse(collector.grpcPort(), "OTLP/gRPC" + region, "--otlp-grpc-port"));
      uses.add(new PortUse(collector.httpPort(), "OTLP/HTTP" + region, "--otlp-http-port"));
    }
    return uses;
  }
}
