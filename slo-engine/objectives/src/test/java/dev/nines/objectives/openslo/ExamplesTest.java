// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Slo;
import dev.nines.transport.JsonSerde;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code slo-engine/examples} and the results beside them, in both directions. */
class ExamplesTest {

  private static final Path EXAMPLES =
      Path.of(System.getProperty("nines.root"), "slo-engine", "examples");

  @Test
  void theBrokenFileHasExactlyTheErrorsBesideIt() throws IOException {
    Parsed parsed = OpenSlo.read("broken.yaml", Files.readString(EXAMPLES.resolve("broken.yaml")));
    List<String> found = parsed.violations().stream().map(Violation::toString).toList();
    assertThat(found)
        .containsExactlyElementsOf(Files.readAllLines(EXAMPLES.resolve("broken.expected.txt")));
    assertThat(parsed.valid()).isFalse();
    assertThat(parsed.slos()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"commerce", "composites", "gauges", "metrics", "periods", "probes", "references"})
  void theShopsPromisesReadAsTheJsonBesideThem(String folder) throws IOException {
    Parsed parsed = OpenSlo.read(files(folder));
    assertThat(parsed.violations()).isEmpty();
    JsonSerde<Slo> json = new JsonSerde<>(Slo.class);
    List<String> found =
        parsed.slos().stream()
            .map(slo -> new String(json.write(slo.of("default", 1)), UTF_8))
            .toList();
    assertThat(found)
        .containsExactlyElementsOf(
            Files.readAllLines(EXAMPLES.resolve(folder + ".expected.jsonl")));
  }

  @Test
  void theReadmesExampleIsValid() throws IOException {
    String readme = Files.readString(EXAMPLES.resolve("README.md"));
    String[] parts = readme.split("```yaml\n");
    String yaml = parts[1].split("```")[0];
    assertThat(OpenSlo.read("README.md", yaml).violations()).isEmpty();
    assertThat(OpenSlo.read("README.md", yaml).slos()).hasSize(1);
    String start = yaml.substring(0, yaml.indexOf("      ratioMetric:"));
    String end = yaml.substring(yaml.indexOf("  timeWindow:"));
    assertThat(parts).hasSizeGreaterThan(2);
    for (String ratio : List.of(parts).subList(2, parts.length)) {
      String whole = start + ratio.split("```")[0].indent(6) + end;
      assertThat(OpenSlo.read("README.md", whole).violations()).isEmpty();
    }
  }

  @Test
  void theCheckPrintsEveryErrorOfEveryFile(@TempDir Path folder) throws IOException {
    Path first = Files.writeString(folder.resolve("a.yaml"), "kind: SLO\n");
    Path second = Files.writeString(folder.resolve("b.yaml"), "a: [\n");
    Path third = Files.write(folder.resolve("c.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});
    assertThat(run(List.of(first, second)))
        .isEqualTo(
            "1\n"
                + first
                + ":1:1 apiVersion: is required\n"
                + first
                + ":1:1 metadata: is required\n"
                + first
                + ":1:1 spec: is required\n"
                + second
                + ":2:1 is no YAML: expected the node content, but found '<stream end>'"
                + " while parsing a flow node\n"
                + "0 valid SLOs, 4 errors in 2 files\n");
    assertThat(run(List.of(third, folder.resolve("none.yaml"))))
        .startsWith("2\n" + third + " is not UTF-8 text\n")
        .contains("none.yaml cannot be read: there is no such file");
    assertThat(run(List.of(EXAMPLES.resolve("commerce/web.yaml"))))
        .isEqualTo("0\n1 valid SLO, 0 errors in 1 file\n");
  }

  private static String run(List<Path> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int code =
        SloCheck.run(files, Reading.STRICT, Optional.empty(), new PrintStream(bytes, true, UTF_8));
    return code + "\n" + bytes.toString(UTF_8);
  }

  private static List<Source> files(String folder) throws IOException {
    List<Source> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(folder))) {
      for (Path file : files.sorted().toList()) {
        sources.add(new Source(file.getFileName().toString(), Files.readString(file)));
      }
    }
    return sources;
  }
}
