// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard as its file has it.
 *
 * @param name of the file, without its suffix
 */
public record Dashboard(
    String name, List<Panel> panels, List<Annotation> annotations, List<Variable> variables) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * @param source data source's type
   * @param interval shortest of a point, as in {@code 10s}
   * @param format 0 for a time series, 1 for a table
   * @param queries SQL or PromQL
   */
  public record Panel(
      int id, String title, String source, Duration interval, int format, List<String> queries) {

    public boolean asksClickHouse() {
      return source.equals("grafana-clickhouse-datasource");
    }

    public boolean asksPrometheus() {
      return source.equals("prometheus");
    }
  }

  public record Annotation(String name, String query) {}

  /**
   * @param current what is chosen when the dashboard opens; null when its first value is
   */
  public record Variable(String name, boolean multi, String query, @Nullable String current) {}

  /** All dashboards below a folder, by name. */
  public static List<Dashboard> readAll(Path folder) throws IOException {
    List<Dashboard> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        dashboards.add(read(file));
      }
    }
    return dashboards;
  }

  private static Dashboard read(Path file) throws IOException {
    JsonNode root = JSON.readTree(file.toFile());
    List<Panel> panels = new ArrayList<>();
    root.path("panels").forEach(node -> addPanels(panels, node));
    List<Annotation> annotations = new ArrayList<>();
    for (JsonNode node : root.path("annotations").path("list")) {
      if (node.path("target").has("rawSql")) {
        annotations.add(
            new Annotation(
                node.path("name").asText(), node.path("target").path("rawSql").asText()));
      }
    }
    List<Variable> variables = new ArrayList<>();
    root.path("templating").path("list").forEach(node -> variables.add(variable(node)));
    String name = String.valueOf(file.getFileName()).replace(".json", "");
    return new Dashboard(name, panels, annotations, variables);
  }

  /** A collapsed row holds its panels. */
  private static void addPanels(List<Panel> panels, JsonNode node) {
    if (node.path("type").asText().equals("row")) {
      node.path("panels").forEach(inner -> addPanels(panels, inner));
    } else {
      panels.add(panel(node));
    }
  }

  private static Panel panel(JsonNode node) {
    List<String> queries = new ArrayList<>();
    for (JsonNode target : node.path("targets")) {
      queries.add(target.path("rawSql").asText(target.path("expr").asText()));
    }
    return new Panel(
        node.path("id").asInt(),
        node.path("title").asText(),
        node.path("datasource").path("type").asText(),
        Duration.parse("PT" + node.path("interval").asText("1m")),
        node.path("targets").path(0).path("format").asInt(),
        queries);
  }

  private static Variable variable(JsonNode node) {
    JsonNode current = node.path("current").path("value");
    return new Variable(
        node.path("name").asText(),
        node.path("multi").asBoolean(),
        node.path("query").path("rawSql").asText(),
        current.isTextual() ? current.asText() : null);
  }
}
