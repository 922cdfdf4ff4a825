// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.shop.delivery.Collector;
import dev.nines.shop.delivery.Collector.Protocol;
import dev.nines.shop.traffic.Region;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The addresses of the collectors: {@code {"us-east-1": {"protocol": "grpc", "endpoint":
 * "http://127.0.0.1:4317", "token": "..."}, ...}}. Each of the ten regions is there once; protocol
 * is grpc or http; an http endpoint without a path means {@code /v1/traces}; token may be absent,
 * and so may metricsEndpoint: metrics then go where spans go, by http to {@code /v1/metrics}.
 */
final class CollectorsFile {

  private static final String TRACES_PATH = "/v1/traces";
  private static final String METRICS_PATH = "/v1/metrics";

  private CollectorsFile() {}

  static Map<Region, Collector> read(Path file) throws RefusedInput, IOException {
    JsonNode root = tree(file);
    Map<Region, Collector> collectors = new EnumMap<>(Region.class);
    for (String name : (Iterable<String>) root::fieldNames) {
      Region region =
          Region.of(name).orElseThrow(() -> refused(file, name, "is no region of the shop"));
      collectors.put(region, collector(file, region, root.path(name)));
    }
    for (Region region : Region.values()) {
      if (!collectors.containsKey(region)) {
        throw refused(file, region.id(), "is missing");
      }
    }
    return collectors;
  }

  private static JsonNode tree(Path file) throws RefusedInput, IOException {
    try {
      JsonNode root = JsonMapper.builder().build().readTree(Files.readString(file));
      if (root.isObject()) {
        return root;
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new RefusedInput(file + " line " + line + ": " + e.getOriginalMessage());
    }
    throw new RefusedInput(file + ": expected a JSON object of regions");
  }

  private static Collector collector(Path file, Region region, JsonNode node) throws RefusedInput {
    Protocol protocol =
        switch (node.path("protocol").asText()) {
          case "grpc" -> Protocol.GRPC;
          case "http" -> Protocol.HTTP;
          default -> throw refused(file, region.id(), "protocol is neither grpc nor http");
        };
    URI spans = complete(protocol, url(file, region, "endpoint", node), TRACES_PATH);
    URI metrics =
        node.has("metricsEndpoint")
            ? complete(protocol, url(file, region, "metricsEndpoint", node), METRICS_PATH)
            : URI.create(spans.toString().replaceFirst(TRACES_PATH + "$", METRICS_PATH));
    JsonNode token = node.path("token");
    return new Collector(
        region, protocol, spans, metrics, token.isTextual() ? token.asText() : null);
  }

  private static String url(Path file, Region region, String field, JsonNode node)
      throws RefusedInput {
    String url = node.path(field).asText();
    if (!url.matches("https?://[^/]+(/.*)?")) {
      throw refused(file, region.id(), field + " is no http URL: " + url);
    }
    return url;
  }

  private static URI complete(Protocol protocol, String endpoint, String path) {
    String bare = endpoint.replaceFirst("/+$", "");
    boolean hasPath = bare.indexOf('/', bare.indexOf("://") + 3) > 0;
    return URI.create(protocol == Protocol.HTTP && !hasPath ? bare + path : bare);
  }

  private static RefusedInput refused(Path file, String region, String rule) {
    return new RefusedInput(file + ": " + region + ": " + rule);
  }
}
