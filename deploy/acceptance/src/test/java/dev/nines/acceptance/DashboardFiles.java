// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is in {@code dashboards/}. */
final class DashboardFiles {

  static final Path HOME = Path.of(System.getProperty("nines.root")).resolve("dashboards");
  static final Path FOLDER = HOME.resolve("grafana/dashboards/nines");

  private static final JsonMapper JSON = new JsonMapper();

  private DashboardFiles() {}

  /** A dashboard's file, as text and as JSON. */
  record Board(String name, String text, JsonNode json) {

    List<JsonNode> panels() {
      List<JsonNode> panels = new ArrayList<>();
      json.path("panels").forEach(node -> add(panels, node));
      return panels;
    }

    private static void add(List<JsonNode> panels, JsonNode node) {
      if (node.path("type").asText().equals("row")) {
        node.path("panels").forEach(inner -> add(panels, inner));
      } else {
        panels.add(node);
      }
    }

    List<JsonNode> variables() {
      return json.path("templating").path("list").valueStream().toList();
    }

    List<JsonNode> annotations() {
      return json.path("annotations")
          .path("list")
          .valueStream()
          .filter(annotation -> !annotation.path("builtIn").asBoolean())
          .toList();
    }
  }

  static List<Board> boards() throws IOException {
    List<Board> boards = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        String text = Files.readString(file);
        String name = file.getFileName().toString().replace(".json", "");
        boards.add(new Board(name, text, JSON.readTree(text)));
      }
    }
    return boards;
  }
}
