// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.shop.traffic.Region;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The shop as a process of its own, with a collector for all regions and an API for changes. */
final class ShopRun implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path directory;
  private final TestCollector collector;
  private final HttpServer api;
  private final List<String> changes = new CopyOnWriteArrayList<>();

  ShopRun(Path directory, TestCollector collector) throws IOException {
    this.directory = directory;
    this.collector = collector;
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/api/v1/changes", this::change);
    api.start();
  }

  /** Starts the shop; the region's name is its token, gRPC and HTTP take turns. */
  Process start(String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Shop.class.getName()));
    command.addAll(List.of("--collectors", collectors().toString()));
    command.addAll(List.of("--log", directory.toString(), "--token", "admin"));
    command.addAll(List.of("--api", "http://127.0.0.1:" + api.getAddress().getPort() + "/"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectError(directory.resolve("stderr.txt").toFile())
        .start();
  }

  static List<JsonNode> output(Process process) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  /** The API's requests: token and body. */
  List<String> changes() {
    return changes;
  }

  List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  JsonNode document(String file) throws IOException {
    return JSON.readTree(Files.readString(directory.resolve(file)));
  }

  private Path collectors() throws IOException {
    Map<String, Map<String, String>> file = new LinkedHashMap<>();
    for (Region region : Region.values()) {
      boolean grpc = region.ordinal() % 2 == 0;
      file.put(
          region.id(),
          Map.of(
              "protocol", grpc ? "grpc" : "http",
              "endpoint", grpc ? collector.grpcEndpoint() : collector.httpEndpoint(),
              "token", region.id()));
    }
    return Files.write(directory.resolve("collectors.json"), JSON.writeValueAsBytes(file));
  }

  private void change(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      changes.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
      exchange.sendResponseHeaders(201, -1);
    }
  }

  @Override
  public void close() {
    api.stop(0);
  }
}
