// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the built product is.
 *
 * @param home root of the checkout
 */
public record Installation(Path home) {

  private static final long COMMAND_SECONDS = 60;

  /** {@code ./nines COMMAND ARGS}, without its shell script. */
  List<String> nines(String... arguments) {
    List<String> command = java("-Xmx96m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.nines.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a command to its end and gives what it printed. */
  public String run(Path log, String... arguments) throws IOException {
    Files.deleteIfExists(log);
    Child.startQuietly(nines(arguments), home, log).await(COMMAND_SECONDS);
    return Files.readString(log);
  }

  /** The shop, on a class path that holds nothing of ours. */
  List<String> shop(List<String> arguments) {
    List<String> command = java("-Xmx512m");
    Path target = home.resolve("deploy/shop/target");
    String classPath = target.resolve("shop-0.1.0.jar") + ":" + target.resolve("lib") + "/*";
    command.addAll(List.of("-cp", classPath, "dev.nines.shop.Shop"));
    command.addAll(arguments);
    return command;
  }

  public Path objectives() {
    return home.resolve("slo-engine/examples/commerce");
  }

  /** The same over metrics. */
  public Path metricObjectives() {
    return home.resolve("slo-engine/examples/metrics");
  }

  /** What one enterprise customer was promised. */
  public Path contract() {
    return home.resolve("slo-engine/examples/contracts/acme-retail.yaml");
  }

  /** What the shop's services can serve. */
  public Path capacityModel() {
    return home.resolve("slo-engine/examples/capacity/shop.yaml");
  }

  /** Grafana's dashboards, with a file of checks beside each. */
  public Path dashboards() {
    return home.resolve("dashboards/grafana/dashboards/nines");
  }

  /** What Prometheus is given to scrape the platform. */
  public Path prometheus() {
    return home.resolve("dashboards/prometheus/prometheus.yml");
  }

  private static List<String> java(String heap) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ArrayList<>(List.of(java.toString(), heap, "-XX:+UseSerialGC"));
  }
}
