// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.acceptance.AlertRules.Rule;
import dev.nines.demo.stage.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each alert on ourselves has a runbook, each runbook an alert, and the rules fire as they say. */
class AlertRulesTest {

  private static final Path ROOT = Path.of(System.getProperty("nines.root"));
  private static final Path RUNBOOKS = ROOT.resolve("deploy/runbooks");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
  private static final int COMMANDS = 3;

  @Test
  void everyRuleHasARunbookAndEveryRunbookARule() throws IOException {
    List<String> named = AlertRules.all().stream().map(Rule::alert).toList();
    assertThat(named).doesNotHaveDuplicates();
    assertThat(runbooks()).containsExactlyInAnyOrderElementsOf(named);
    for (Rule rule : AlertRules.all()) {
      assertThat(rule.notes())
          .containsEntry("runbook", "deploy/runbooks/" + rule.alert() + ".md")
          .hasEntrySatisfying("summary", text -> assertThat(text).isNotBlank());
      assertThat(rule.labels().get("severity")).as(rule.alert()).isIn("page", "ticket");
    }
  }

  @Test
  void everyRunbookSaysWhatToDo() throws IOException {
    for (String name : runbooks()) {
      String text = Files.readString(RUNBOOKS.resolve(name + ".md"));
      assertThat(text)
          .as(name)
          .startsWith("# " + name + "\n\n")
          .containsSubsequence("**Users feel.** ", "**First.**", "**Mend.** ", "**Escalate.** ");
      String block = text.substring(text.indexOf("```sh\n") + 6, text.lastIndexOf("\n```"));
      assertThat(block.lines().count()).as(name).isEqualTo(COMMANDS);
      assertThat(LINK.matcher(text).results().map(link -> RUNBOOKS.resolve(link.group(1))))
          .as(name)
          .allSatisfy(file -> assertThat(file).exists());
    }
  }

  /** Syntax, and the gravest of them on series written by hand. */
  @Test
  void promtoolAgrees() throws IOException, InterruptedException {
    Path promtool =
        Prometheus.find("promtool")
            .orElseThrow(() -> new AssertionError("no promtool: './nines test' fetches one"));
    Path tests = ROOT.resolve("deploy/acceptance/src/test/resources/alert-rules.test.yaml");
    checkRun(promtool, "check", "rules", AlertRules.FILE.toString());
    checkRun(promtool, "test", "rules", tests.toString());
  }

  private static void checkRun(Path promtool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(promtool.toString()), Stream.of(arguments)).toList();
    CommandLineRun run = CommandLineRun.of(command, Map.of());
    assertThat(run.exitCode()).as(run.printed()).isZero();
  }

  private static List<String> runbooks() throws IOException {
    try (Stream<Path> files = Files.list(RUNBOOKS)) {
      return files
          .map(file -> file.getFileName().toString().replace(".md", ""))
          .filter(name -> !name.equals("README"))
          .toList();
    }
  }
}
