// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the rooms of the house, see deploy/decisions/0001-house.md: what is not listed
 * is forbidden, in poms (compile scope) and in imports.
 */
class ArrowTest {

  /** A word with a dot, such as {@code transport.Topic}, allows that type alone. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("transport", Set.of()),
          Map.entry("channels", Set.of()),
          Map.entry("journal", Set.of()),
          Map.entry("embedded", Set.of()),
          Map.entry("shop", Set.of()),
          Map.entry("warehouse", Set.of("transport")),
          Map.entry("telemetry", Set.of("transport.Topic")),
          Map.entry("objectives", Set.of("telemetry", "transport.Topic")),
          Map.entry("alerts", Set.of("objectives", "transport.Topic")),
          Map.entry("ingest", Set.of("telemetry", "transport")),
          Map.entry("prober", Set.of("objectives")),
          Map.entry("sampler", Set.of("telemetry", "transport")),
          Map.entry("scraper", Set.of("telemetry", "objectives")),
          Map.entry("archive", Set.of("telemetry", "objectives", "transport", "warehouse")),
          Map.entry("catalog", Set.of("telemetry", "objectives", "transport", "journal")),
          Map.entry("extraction", Set.of("telemetry", "objectives", "transport")),
          Map.entry("evaluation", Set.of("telemetry", "objectives", "transport", "warehouse")),
          Map.entry(
              "backtest",
              Set.of("telemetry", "objectives", "transport", "extraction", "evaluation")),
          Map.entry("reports", Set.of("objectives", "warehouse")),
          Map.entry("capacity", Set.of("objectives", "warehouse")),
          Map.entry(
              "delivery",
              Set.of("telemetry", "objectives", "alerts", "channels", "journal", "transport")),
          Map.entry("incident", Set.of("objectives", "alerts", "channels", "journal")),
          Map.entry("demo", Set.of("embedded")),
          Map.entry(
              "benchmarks",
              Set.of(
                  "embedded",
                  "demo",
                  "telemetry",
                  "objectives",
                  "transport",
                  "warehouse",
                  "archive")),
          Map.entry(
              "oracle", Set.of("telemetry", "objectives", "transport", "extraction", "evaluation")),
          Map.entry(
              "cli",
              Set.of(
                  "embedded",
                  "demo",
                  "benchmarks",
                  "oracle",
                  "backtest",
                  "objectives",
                  "prober",
                  "scraper")),
          Map.entry("acceptance", Set.of()));

  private static final String EVERYTHING = "server";
  private static final Pattern IMPORT =
      Pattern.compile("(?<!\")\\bdev\\.nines\\.([a-z]+)\\.((?:[a-z]+\\.)*[A-Z]\\w*)");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<groupId>dev.nines</groupId><artifactId>(\\w+)</artifactId>(<scope>(\\w+)</scope>)?");

  private final SourceTree tree = new SourceTree();

  @Test
  void everyModuleHasItsArrows() {
    assertThat(
            tree.modules().stream().map(ArrowTest::room).filter(room -> !room.equals(EVERYTHING)))
        .allMatch(ARROWS::containsKey);
  }

  @Test
  void importsFollowTheArrows() {
    List<String> wrong = new ArrayList<>();
    for (String module : tree.modules()) {
      tree.javaFiles(module, "src/main").forEach(file -> wrong.addAll(wrongImports(module, file)));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void dependenciesFollowTheArrows() {
    List<String> wrong = new ArrayList<>();
    for (String module : tree.modules()) {
      String pom = SourceTree.read(tree.root().resolve(module).resolve("pom.xml"));
      DEPENDENCY
          .matcher(pom)
          .results()
          .filter(found -> found.group(3) == null || found.group(3).equals("compile"))
          .map(found -> found.group(1))
          .filter(target -> !mayDependOn(room(module), target))
          .forEach(target -> wrong.add(module + " -> " + target));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void stageLibrariesKnowNoQuarkus() {
    assertThat(
            tree.modules().stream()
                .filter(module -> !module.startsWith("deploy/"))
                .flatMap(module -> tree.javaFiles(module, "src/main"))
                .filter(file -> SourceTree.read(file).contains("io.quarkus"))
                .map(tree::name))
        .isEmpty();
  }

  private List<String> wrongImports(String module, Path file) {
    List<String> wrong = new ArrayList<>();
    Matcher matcher = IMPORT.matcher(SourceTree.read(file));
    while (matcher.find()) {
      if (!mayImport(room(module), matcher.group(1), matcher.group(2))) {
        wrong.add(tree.name(file) + " imports " + matcher.group());
      }
    }
    return wrong;
  }

  private static boolean mayImport(String from, String to, String type) {
    return from.equals(EVERYTHING)
        || from.equals(to)
        || ARROWS.get(from).contains(to)
        || ARROWS.get(from).contains(to + "." + type);
  }

  private static boolean mayDependOn(String from, String to) {
    return from.equals(EVERYTHING)
        || ARROWS.get(from).stream().anyMatch(arrow -> arrow.split("\\.")[0].equals(to));
  }

  private static String room(String module) {
    return module.substring(module.lastIndexOf('/') + 1);
  }
}
