// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.shop.delivery.Collector.Protocol;
import dev.nines.shop.traffic.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorsFileTest {

  @TempDir private Path directory;

  @Test
  void anHttpEndpointWithoutPathMeansTraces() throws Exception {
    var collectors = CollectorsFile.read(file(all()));
    assertThat(collectors).hasSize(10);
    var paris = collectors.get(Region.EU_WEST_1);
    assertThat(paris.protocol()).isEqualTo(Protocol.HTTP);
    assertThat(paris.endpoint()).hasToString("http://127.0.0.1:4318/v1/traces");
    assertThat(paris.token()).isNull();
  }

  @Test
  void pathAndTokenAreTakenAsTheyAre() throws Exception {
    String line = line("eu-west-1", "http", "http://h:1/otlp/v1/traces");
    String text = all().replace(line("eu-west-1", "http", "http://127.0.0.1:4318"), line);
    var collector = CollectorsFile.read(file(text.replace("}}", ", \"token\": \"t\"}}")));
    assertThat(collector.get(Region.EU_WEST_1).endpoint()).hasToString("http://h:1/otlp/v1/traces");
    assertThat(collector.get(Region.EU_WEST_1).metricsEndpoint())
        .hasToString("http://h:1/otlp/v1/metrics");
    assertThat(collector.get(Region.AP_NORTHEAST_1).token()).isEqualTo("t");
  }

  @Test
  void metricsMayGoElsewhere() throws Exception {
    String line = line("eu-west-1", "http", "http://127.0.0.1:4318");
    String other = line.replace("}", ", \"metricsEndpoint\": \"http://h:1\"}");
    var collector = CollectorsFile.read(file(all().replace(line, other)));
    assertThat(collector.get(Region.EU_WEST_1).endpoint())
        .hasToString("http://127.0.0.1:4318/v1/traces");
    assertThat(collector.get(Region.EU_WEST_1).metricsEndpoint())
        .hasToString("http://h:1/v1/metrics");
  }

  @Test
  void aRefusalNamesRegionAndRule() throws IOException {
    assertRefused("{\"mars-1\": {}}", "mars-1: is no region of the shop");
    assertRefused("{}", "us-east-1: is missing");
    assertRefused("[]", "expected a JSON object of regions");
    assertRefused("{\n\"us-east-1\": ]", "line 2");
    assertRefused(
        all().replaceFirst("\"http\"", "\"udp\""), "us-east-1: protocol is neither grpc nor http");
    assertRefused(all().replaceFirst("http://", ""), "endpoint is no http URL: 127.0.0.1:4318");
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> CollectorsFile.read(file))
        .isInstanceOf(RefusedInput.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("collectors.json"), text);
  }

  private static String all() {
    return Arrays.stream(Region.values())
        .map(region -> line(region.id(), "http", "http://127.0.0.1:4318"))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String line(String region, String protocol, String endpoint) {
    return "\"%s\": {\"protocol\": \"%s\", \"endpoint\": \"%s\"}"
        .formatted(region, protocol, endpoint);
  }
}
