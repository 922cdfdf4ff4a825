// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.benchmarks.overload.Overload;
import dev.nines.cli.Main;
import dev.nines.demo.EngineKills;
import dev.nines.demo.Proof;
import dev.nines.oracle.OracleProof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the README tells a reader to type and to open is there. */
class ReadmeTest {

  private static final Path ROOT = Path.of(System.getProperty("nines.root"));
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:sh|console)\\n(.*?)^```");
  private static final Pattern SPAN = Pattern.compile("`(\\./nines [^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern MAP_ROW =
      Pattern.compile("(?m)^\\| \\[[^]]+]\\(([^)]+)\\) \\| (.*) \\|$");
  private static final Pattern WORD = Pattern.compile("`([a-z-]+)`");
  private static final Set<String> OTHER_PROOFS =
      Set.of(Overload.WORD, OracleProof.WORD, EngineKills.WORD);
  private static final Pattern EXAMPLE = Pattern.compile("[\\w/-]+/examples/[\\w./-]+\\.yaml");

  private final String readme = SourceTree.read(ROOT.resolve("README.md"));

  @Test
  void everyCommandIsTakenByTheCommandLine() {
    List<String> commands = commands();
    assertThat(commands).anyMatch(line -> line.startsWith("./nines demo"));
    for (String command : commands) {
      assertThatCode(() -> parse(command)).as(command).doesNotThrowAnyException();
    }
  }

  @Test
  void aCommandThatIsNotThereWouldBeFound() {
    assertThatThrownBy(() -> parse("./nines demolish")).isInstanceOf(ParameterException.class);
    assertThatThrownBy(() -> parse("./nines demo --sed 7")).isInstanceOf(ParameterException.class);
    assertThatThrownBy(() -> parse("./nines prove nothing")).isInstanceOf(AssertionError.class);
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> links = LINK.matcher(readme).results().map(link -> link.group(1)).toList();
    assertThat(links).isNotEmpty();
    assertThat(links.stream().filter(link -> !Files.exists(ROOT.resolve(link)))).isEmpty();
    List<String> examples = EXAMPLE.matcher(readme).results().map(MatchResult::group).toList();
    assertThat(examples.stream().filter(file -> !Files.exists(ROOT.resolve(file)))).isEmpty();
  }

  @Test
  void everyFolderOfTheMapIsThere() {
    List<String> missing = new ArrayList<>();
    List<MatchResult> rows = MAP_ROW.matcher(readme).results().toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(5);
    for (MatchResult row : rows) {
      Path folder = ROOT.resolve(row.group(1));
      WORD.matcher(row.group(2))
          .results()
          .map(word -> folder.resolve(word.group(1)))
          .filter(path -> !Files.isDirectory(path))
          .forEach(path -> missing.add(path.toString()));
    }
    assertThat(missing).isEmpty();
  }

  private List<String> commands() {
    Stream<String> lines =
        BLOCK
            .matcher(readme)
            .results()
            .flatMap(block -> block.group(1).lines())
            .map(line -> line.strip().replaceFirst("^\\$ ", ""))
            .filter(line -> line.startsWith("./nines "));
    Stream<String> spans = SPAN.matcher(readme).results().map(span -> span.group(1));
    return Stream.concat(lines, spans).toList();
  }

  /** The launcher itself answers {@code test}; everything else is the command line's. */
  private static void parse(String command) {
    List<String> words = List.of(command.replaceFirst(" +#.*", "").split("\\s+"));
    if (words.get(1).equals("test")) {
      return;
    }
    new CommandLine(Main.class).parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    if (words.get(1).equals("prove") && !OTHER_PROOFS.contains(words.get(2))) {
      assertThat(Proof.named(words.get(2))).as(command).isPresent();
    }
  }
}
