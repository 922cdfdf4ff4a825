// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of the compose file without Docker. */
class ComposeTest {

  private static final List<String> NINES = List.of("collector", "stream", "control");
  private static final Path FOLDER = Path.of("deploy/compose");
  private static final Pattern SETTING =
      Pattern.compile("(?m)^  (?:\\S+|\\S+<\\S+>) (\\w+)\\(\\);");
  private static final Pattern GROUP = Pattern.compile("(?m)^  interface (\\w+) \\{([^}]*)}");
  private static final Pattern INNER = Pattern.compile(" (\\w+)\\(\\);");

  private final SourceTree tree = new SourceTree();
  private final ComposeFile compose =
      new ComposeFile(
          tree.root(),
          Map.of(
              "CLICKHOUSE_PASSWORD", "c",
              "CLICKHOUSE_READER_PASSWORD", "r",
              "POSTGRES_PASSWORD", "p",
              "GRAFANA_PASSWORD", "g"));

  @Test
  void eachVariableOfNinesIsASetting() {
    Set<String> settings = settings();
    for (String service : NINES) {
      assertThat(compose.environment(service).keySet())
          .as(service)
          .isNotEmpty()
          .allSatisfy(name -> assertThat(settings).contains(name));
    }
  }

  @Test
  void itsContainersPlayEachRoleOnce() {
    List<String> played =
        NINES.stream()
            .flatMap(s -> Stream.of(compose.environment(s).get("NINES_ROLES").split(",")))
            .toList();
    String source = read("deploy/server/src/main/java/dev/nines/server/Role.java");
    String constants =
        source.substring(
            source.indexOf("enum Role {") + 11, source.indexOf(';', source.indexOf("enum Role {")));
    Set<String> roles =
        Stream.of(constants.split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    assertThat(played).doesNotHaveDuplicates().hasSameElementsAs(roles);
  }

  @Test
  void theStoresAreTheImagesThatTheContractKitsRunAgainst() {
    String kits =
        tree.javaFiles("deploy/embedded", "src/test")
            .filter(file -> file.getFileName().toString().startsWith("Container"))
            .map(SourceTree::read)
            .collect(Collectors.joining());
    for (String store : List.of("kafka", "clickhouse", "postgres")) {
      assertThat(kits).contains('"' + compose.image(store) + '"');
    }
  }

  @Test
  void whatItMountsIsThere() {
    for (String service : compose.services()) {
      assertThat(compose.files(service).keySet())
          .as(service)
          .allSatisfy(
              file -> assertThat(tree.root().resolve(FOLDER).resolve(file).normalize()).exists());
    }
  }

  @Test
  void ninesRunsWithoutRightsAndCannotWriteItsOwnCode() {
    String dockerfile = read("deploy/compose/Dockerfile");
    assertThat(dockerfile).contains("\nUSER 10001:10001\n");
    for (String service : NINES) {
      assertThat(compose.service(service))
          .containsEntry("user", "10001:10001")
          .containsEntry("read_only", true)
          .containsEntry("cap_drop", List.of("ALL"));
      assertThat(compose.image(service)).isEqualTo("nines:" + version());
    }
  }

  @Test
  void theReadmeNamesEachValueOfDotEnv() {
    String text = read("deploy/compose/compose.yaml");
    Set<String> needed = new TreeSet<>();
    Pattern.compile("\\$\\{(\\w+):\\?")
        .matcher(text)
        .results()
        .forEach(m -> needed.add(m.group(1)));
    assertThat(needed).isNotEmpty();
    assertThat(read("deploy/compose/README.md")).contains(needed).contains("NINES_ADMIN_TOKEN");
  }

  private String version() {
    var found = Pattern.compile("<version>([^<]+)</version>").matcher(read("pom.xml"));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  /** Names of environment variables of all settings, read from their interface. */
  private Set<String> settings() {
    String source = read("deploy/server/src/main/java/dev/nines/server/NinesConfig.java");
    Set<String> names = new TreeSet<>();
    SETTING.matcher(source).results().forEach(m -> names.add(variable(m.group(1))));
    GROUP
        .matcher(source)
        .results()
        .forEach(
            group ->
                INNER
                    .matcher(group.group(2))
                    .results()
                    .forEach(m -> names.add(variable(group.group(1)) + "_" + upper(m.group(1)))));
    return names;
  }

  private static String variable(String camelCase) {
    return "NINES_" + upper(camelCase);
  }

  private static String upper(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z])([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  private String read(String file) {
    Path path = tree.root().resolve(file);
    assertThat(Files.exists(path)).as(file).isTrue();
    return SourceTree.read(path);
  }
}
