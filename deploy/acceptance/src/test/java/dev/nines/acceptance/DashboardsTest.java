// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.acceptance.DashboardFiles.Board;
import dev.nines.demo.panels.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The rules of the house for Grafana's dashboards; what they show is held true by the demo. */
class DashboardsTest {

  private static final String CLICKHOUSE = "grafana-clickhouse-datasource";
  private static final Pattern LINK = Pattern.compile("/d/([\\w-]+)/([\\w-]+)\\?(.*)");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{(?!__)(\\w+)(?::\\w+)?}|(?!__)(\\w+))");
  private static final Pattern FIELD =
      Pattern.compile("\\$\\{__(?:data\\.fields|field\\.labels)\\.(\\w+)}");
  private static final Pattern COMMENT = Pattern.compile("--|/\\*");

  private final List<Board> boards = boards();

  private static List<Board> boards() {
    try {
      return DashboardFiles.boards();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void sevenDashboardsWithPanelsEnough() {
    assertThat(boards).hasSize(7);
    assertThat(panels().filter(panel -> type(panel).equals(CLICKHOUSE)).count())
        .isGreaterThanOrEqualTo(40);
    assertThat(panels().filter(panel -> type(panel).equals("prometheus"))).isNotEmpty();
    assertThat(boards.stream().map(board -> board.json().path("uid").asText()))
        .doesNotHaveDuplicates();
  }

  /** Two spaces, one entry a line; the right form is left beside the report of this test. */
  @Test
  void filesAreInOneForm() throws IOException {
    Path out = Files.createDirectories(Path.of("target/dashboards"));
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators)
            .withArrayIndenter(indenter)
            .withObjectIndenter(indenter);
    for (Board board : boards) {
      String form = new JsonMapper().writer(printer).writeValueAsString(board.json()) + "\n";
      Files.writeString(out.resolve(board.name() + ".json"), form);
      assertThat(board.text()).as(board.name()).isEqualTo(form);
    }
  }

  @Test
  void everyPanelSaysWhatItIs() {
    checkEveryPanel(
        (wrong, panel) -> {
          if (panel.path("title").asText().isBlank()) {
            wrong.add("has no title");
          }
          if (panel.path("description").asText().length() < 12) {
            wrong.add("has no description");
          }
          JsonNode defaults = panel.path("fieldConfig").path("defaults");
          if (defaults.path("unit").asText().isBlank()) {
            wrong.add("has no unit");
          }
          if (defaults.path("thresholds").path("steps").isEmpty()) {
            wrong.add("has no thresholds");
          }
        });
  }

  @Test
  void panelsDoNotLieOnEachOther() {
    for (Board board : boards) {
      Set<Integer> ids = new HashSet<>();
      Set<String> cells = new HashSet<>();
      for (JsonNode panel : board.json().path("panels")) {
        assertThat(ids.add(panel.path("id").asInt())).as(place(board, panel)).isTrue();
        JsonNode grid = panel.path("gridPos");
        for (int x = 0; x < grid.path("w").asInt(); x++) {
          for (int y = 0; y < grid.path("h").asInt(); y++) {
            int column = grid.path("x").asInt() + x;
            assertThat(column).as(place(board, panel)).isLessThan(24);
            assertThat(cells.add(column + "," + (grid.path("y").asInt() + y)))
                .as(place(board, panel))
                .isTrue();
          }
        }
      }
    }
  }

  @Test
  void everyQueryAsksAProvisionedSource() throws IOException {
    Map<String, String> sources = new HashMap<>();
    Map<String, ?> yaml =
        new Yaml()
            .load(Files.readString(DashboardFiles.HOME.resolve("grafana/datasources/nines.yaml")));
    for (Object source : (List<?>) yaml.get("datasources")) {
      Map<?, ?> fields = (Map<?, ?>) source;
      sources.put(fields.get("uid").toString(), fields.get("type").toString());
    }
    assertThat(sources).hasSize(2);
    for (Board board : boards) {
      for (JsonNode node : board.json().findValues("datasource")) {
        String uid = node.path("uid").asText();
        if (!uid.equals("-- Grafana --")) {
          assertThat(sources).as(board.name()).containsEntry(uid, node.path("type").asText());
        }
      }
    }
  }

  @Test
  void theProviderReadsTheFolderThatIsMounted() throws IOException {
    String provider =
        Files.readString(DashboardFiles.HOME.resolve("grafana/dashboards/nines.yaml"));
    assertThat(provider).contains("path: /etc/grafana/provisioning/dashboards/nines\n");
    assertThat(DashboardFiles.HOME.resolve("grafana/dashboards/nines")).isDirectory();
  }

  @Test
  void tenantLeadsEveryQuery() {
    checkEveryPanel(
        (wrong, panel) -> {
          if (type(panel).equals(CLICKHOUSE)) {
            String sql = panel.path("targets").path(0).path("rawSql").asText();
            if (panel.path("targets").size() != 1) {
              wrong.add("has not one query");
            }
            if (!sql.contains("tenant = ${tenant:singlequote}")) {
              wrong.add("does not ask for the tenant");
            }
            if (!sql.matches("(?s).*\\$__(timeFilter|dateFilter|dateTimeFilter)\\b.*")) {
              wrong.add("is not bound to the time shown");
            }
            if (COMMENT.matcher(sql).find()) {
              wrong.add("has a comment in its SQL");
            }
            boolean one = panel.path("type").asText().equals("stat");
            boolean series = panel.path("targets").path(0).path("format").asInt() == 0;
            if (!one && !series && !sql.contains("LIMIT ")) {
              wrong.add("has no limit");
            }
            if (series && !sql.contains("ORDER BY time")) {
              wrong.add("is not in the order of time");
            }
            if (series && panel.path("interval").isMissingNode()) {
              wrong.add("has no shortest interval");
            }
          }
        });
  }

  @Test
  void variablesAreThereAndUsed() {
    for (Board board : boards) {
      List<String> declared = names(board);
      String rest = board.json().path("panels") + "" + board.json().path("annotations");
      String queries = rest + board.json().path("templating");
      Set<String> used =
          VARIABLE.matcher(queries).results().map(DashboardsTest::name).collect(Collectors.toSet());
      assertThat(declared).as(board.name()).containsAll(used);
      assertThat(used).as(board.name()).containsAll(declared);
    }
  }

  @Test
  void linksLeadToDashboardsThatKnowTheirVariables() {
    Map<String, Board> byUid = new HashMap<>();
    boards.forEach(board -> byUid.put(board.json().path("uid").asText(), board));
    int links = 0;
    for (Board board : boards) {
      for (JsonNode panel : board.panels()) {
        for (String url : urls(panel)) {
          links++;
          MatchResult link = LINK.matcher(url).results().findFirst().orElseThrow();
          assertThat(byUid).as(place(board, panel)).containsKey(link.group(1));
          Board target = byUid.get(link.group(1));
          assertThat(link.group(2)).as(place(board, panel)).isEqualTo(target.name());
          for (String parameter : link.group(3).split("&")) {
            if (parameter.startsWith("var-")) {
              String variable = parameter.substring(4, parameter.indexOf('='));
              assertThat(names(target)).as(place(board, panel)).contains(variable);
            } else {
              assertThat(parameter).as(place(board, panel)).startsWith("${");
            }
          }
          String sql = panel.path("targets").path(0).path("rawSql").asText();
          FIELD
              .matcher(url)
              .results()
              .forEach(field -> assertThat(sql).as(place(board, panel)).contains(field.group(1)));
        }
      }
    }
    assertThat(links).isGreaterThan(30);
  }

  /** Each check names its panel, each panel has a check; so do annotations and variables. */
  @Test
  void everythingThatShowsDataHasACheck() throws IOException {
    for (Board board : boards) {
      List<String> shown = new ArrayList<>();
      board.panels().stream()
          .filter(panel -> type(panel).equals(CLICKHOUSE))
          .forEach(
              panel ->
                  shown.add(
                      "PANEL " + panel.path("id").asInt() + " " + panel.path("title").asText()));
      board.annotations().forEach(a -> shown.add("ANNOTATION 0 " + a.path("name").asText()));
      names(board).forEach(name -> shown.add("VARIABLE 0 " + name));
      assertThat(
              Check.read(DashboardFiles.FOLDER, board.name()).stream()
                  .map(check -> check.kind() + " " + check.id() + " " + check.subject()))
          .as(board.name())
          .containsExactlyInAnyOrderElementsOf(shown);
    }
  }

  private static List<String> urls(JsonNode panel) {
    return panel.findValuesAsText("url");
  }

  /** What is wrong with a panel. */
  private interface Rule {
    void judge(List<String> wrong, JsonNode panel);
  }

  private void checkEveryPanel(Rule rule) {
    for (Board board : boards) {
      for (JsonNode panel : board.panels()) {
        List<String> wrong = new ArrayList<>();
        rule.judge(wrong, panel);
        assertThat(wrong).as(place(board, panel)).isEmpty();
      }
    }
  }

  private Stream<JsonNode> panels() {
    return boards.stream().flatMap(board -> board.panels().stream());
  }

  private static String type(JsonNode panel) {
    return panel.path("datasource").path("type").asText();
  }

  private static List<String> names(Board board) {
    return board.variables().stream().map(variable -> variable.path("name").asText()).toList();
  }

  private static String name(MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }

  private static String place(Board board, JsonNode panel) {
    return board.name() + ", " + panel.path("title").asText();
  }
}
