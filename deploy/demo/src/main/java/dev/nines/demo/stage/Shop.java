// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The shop's process: started with a seed, it says each second how it goes, and leaves a log. */
public final class Shop implements Closeable {

  /** Hears each line. */
  @FunctionalInterface
  public interface Listener {
    void hear(JsonNode line) throws IOException;
  }

  /** Where the signals of one region go. */
  public record Doors(RegionalCollectors.Ports spans, RegionalCollectors.Ports metrics) {}

  private static final JsonMapper JSON = new JsonMapper();

  private final Child process;
  private final Path log;

  private Shop(Child process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param doors by region
   * @param script default or deploys
   */
  public static Shop start(
      Installation nines,
      Path folder,
      Map<String, Doors> doors,
      String collectorToken,
      Platform platform,
      String script,
      long seed,
      long seconds,
      long spans)
      throws IOException {
    Path log = Files.createDirectories(folder.resolve("shop"));
    Path collectors = folder.resolve("collectors.json");
    JSON.writeValue(collectors.toFile(), collectors(doors, collectorToken));
    List<String> command =
        nines.shop(
            List.of(
                "--seed", Long.toString(seed),
                "--collectors", collectors.toString(),
                "--duration-seconds", Long.toString(seconds),
                "--spans", Long.toString(spans),
                "--script", script,
                "--log", log.toString(),
                "--api", platform.api().toString(),
                "--token", platform.token()));
    return new Shop(Child.start(command, nines.home(), folder.resolve("shop.log")), log);
  }

  /**
   * The region that the script of this seed hits with a kind of fault, without a run.
   *
   * @param kind for example {@code region-loss}
   */
  public static String plan(Installation nines, Path folder, long seed, long seconds, String kind)
      throws IOException {
    Path log = Files.createDirectories(folder.resolve("plan"));
    List<String> command =
        nines.shop(
            List.of(
                "--seed", Long.toString(seed),
                "--duration-seconds", Long.toString(seconds),
                "--log", log.toString(),
                "--plan", "true"));
    Child.startQuietly(command, nines.home(), folder.resolve("plan.log")).await(30);
    for (JsonNode fault : JSON.readTree(log.resolve("script.json").toFile()).path("faults")) {
      if (fault.path("kind").asText().equals(kind)) {
        return fault.path("region").asText();
      }
    }
    throw new IOException("the script has no " + kind);
  }

  /** Regions take turns with gRPC and HTTP. */
  private static ObjectNode collectors(Map<String, Doors> doors, String token) {
    ObjectNode root = JSON.createObjectNode();
    int index = 0;
    for (Map.Entry<String, Doors> entry : doors.entrySet()) {
      boolean grpc = index++ % 2 == 0;
      root.putObject(entry.getKey())
          .put("protocol", grpc ? "grpc" : "http")
          .put("endpoint", url(entry.getValue().spans(), grpc))
          .put("metricsEndpoint", url(entry.getValue().metrics(), grpc))
          .put("token", token);
    }
    return root;
  }

  private static String url(RegionalCollectors.Ports ports, boolean grpc) {
    return "http://127.0.0.1:" + (grpc ? ports.grpc() : ports.http());
  }

  /** Gives each line to the listener until the shop has left. */
  public void follow(Listener listener) throws IOException {
    try (BufferedReader lines = process.process().inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.hear(JSON.readTree(line));
      }
    }
    process.await(30);
    if (process.process().exitValue() != 0) {
      throw new IOException("the shop left with " + process.process().exitValue());
    }
  }

  public Path log() {
    return log;
  }

  @Override
  public void close() {
    process.close();
  }
}
