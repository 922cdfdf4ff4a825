// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static dev.nines.objectives.openslo.OpenSloTest.VALID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Slo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read as the same, and that is written as the same bytes. */
class SloWriterTest {

  private static final Path EXAMPLES =
      Path.of(System.getProperty("nines.root"), "slo-engine", "examples");

  @Test
  void definitionsOfEveryKindComeBackEqual() {
    long seed = RandomGenerator.getDefault().nextLong();
    RandomSlos drawn = new RandomSlos(new Random(seed));
    List<Slo> slos = IntStream.range(0, 3_000).mapToObj(drawn::draw).toList();
    String yaml = SloWriter.yaml(slos);
    Parsed parsed = OpenSlo.read("export", yaml);
    assertThat(parsed.violations()).as("seed %d", seed).isEmpty();
    assertThat(parsed.notes()).as("seed %d", seed).extracting(Violation::rule).isSubsetOf("waits");
    assertThat(read(parsed)).as("seed %d", seed).isEqualTo(slos);
    assertThat(SloWriter.yaml(read(parsed))).as("seed %d", seed).isEqualTo(yaml);
  }

  @Test
  void theExamplesComeBackEqual() throws IOException {
    List<Source> files = new ArrayList<>();
    for (String folder :
        List.of("commerce", "composites", "gauges", "metrics", "periods", "probes", "references")) {
      try (Stream<Path> paths = Files.list(EXAMPLES.resolve(folder))) {
        for (Path path : paths.sorted().toList()) {
          files.add(new Source(path.toString(), Files.readString(path)));
        }
      }
    }
    Parsed parsed = OpenSlo.read(files);
    assertThat(parsed.slos()).hasSizeGreaterThan(20);
    String yaml = SloWriter.yaml(read(parsed));
    Parsed again = OpenSlo.read("export", yaml);
    assertThat(again.violations()).isEmpty();
    assertThat(read(again)).isEqualTo(read(parsed));
    assertThat(SloWriter.yaml(read(again))).isEqualTo(yaml);
  }

  @Test
  void referencesAreWrittenOut() throws IOException {
    String yaml = Files.readString(EXAMPLES.resolve("references/orders.yaml"));
    assertThat(SloWriter.yaml(read(OpenSlo.read("a", yaml))))
        .isEqualTo(Files.readString(EXAMPLES.resolve("references.export.yaml")));
  }

  @Test
  void compositesAreWrittenWithTheirComponents() throws IOException {
    String yaml = Files.readString(EXAMPLES.resolve("composites/checkout-path.yaml"));
    assertThat(SloWriter.yaml(read(OpenSlo.read("a", yaml))))
        .isEqualTo(Files.readString(EXAMPLES.resolve("composites.export.yaml")));
  }

  /** Of every kind, with weights, names and texts of components. */
  @Test
  void compositesComeBackEqual() {
    long seed = RandomGenerator.getDefault().nextLong();
    RandomSlos drawn = new RandomSlos(new Random(seed));
    List<Slo> slos =
        IntStream.range(0, 500).mapToObj(drawn::composite).flatMap(List::stream).toList();
    String yaml = SloWriter.yaml(slos);
    Parsed parsed = OpenSlo.read("export", yaml);
    assertThat(parsed.violations()).as("seed %d", seed).isEmpty();
    assertThat(read(parsed)).as("seed %d", seed).isEqualTo(slos);
    assertThat(SloWriter.yaml(read(parsed))).as("seed %d", seed).isEqualTo(yaml);
  }

  /** 2,000 characters may be, which spaces around operators must not exceed. */
  @Test
  void aLongPredicateIsWrittenWithoutSpaces() {
    String condition = "attribute " + "k".repeat(231) + "=v";
    String bad = String.join(" or ", Collections.nCopies(8, condition));
    String yaml = VALID.replace("bad: status=error", "bad: '" + bad + "'");
    List<Slo> slos = read(OpenSlo.read("a", yaml));
    assertThat(read(OpenSlo.read("b", SloWriter.yaml(slos)))).isEqualTo(slos).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1ns",
        "0.5us",
        "50ms",
        "1.5s",
        "90s",
        "1w",
        "999999999w",
        "123456789.5h",
        "333333.333333333h",
        "0.000000001s",
        "123456789.123456789s"
      })
  void aLengthIsReadFromWhatItIsWrittenAs(String text) {
    Duration length = DurationText.parse(text).orElseThrow();
    assertThat(DurationText.parse(DurationText.format(length))).contains(length);
  }

  /** Else the workbook's would come back, which were switched off. */
  @Test
  void noPoliciesStayNone() {
    String off = VALID.replace("example.org/owner: somebody", "nines.dev/burn: 'off'");
    List<Slo> slos = read(OpenSlo.read("a", off));
    assertThat(slos.getFirst().policies()).isEmpty();
    assertThat(SloWriter.yaml(slos)).contains("nines.dev/burn: 'off'\n");
  }

  @Test
  void nothingIsExportedOfFilesWithAMistake(@TempDir Path folder) throws IOException {
    Path right = Files.writeString(folder.resolve("a.yaml"), VALID);
    Path wrong = Files.writeString(folder.resolve("b.yaml"), VALID.replace("0.999", "2"));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(errors, true, UTF_8);
    assertThat(SloExport.of(List.of(right), Reading.STRICT, to)).isPresent();
    assertThat(errors.toString(UTF_8)).isEmpty();
    assertThat(SloExport.of(List.of(right, folder.resolve("none")), Reading.STRICT, to)).isEmpty();
    assertThat(SloExport.of(List.of(wrong), Reading.STRICT, to)).isEmpty();
    assertThat(errors.toString(UTF_8)).contains("there is no such file", "is not in [0, 1)");
  }

  private static List<Slo> read(Parsed parsed) {
    assertThat(parsed.violations()).isEmpty();
    return parsed.slos().stream().map(slo -> slo.of("default", 1)).toList();
  }

  /** Guards the draw: it holds what it is for. */
  @Test
  void theDrawHasPredicatesThatNeedQuotes() {
    RandomSlos drawn = new RandomSlos(new Random(7));
    String yaml = SloWriter.yaml(IntStream.range(0, 300).mapToObj(drawn::draw).toList());
    assertThat(yaml)
        .contains(
            "bad: ",
            "good: ",
            " and ",
            "threshold: ",
            "thresholdMetric:",
            "op: gte",
            "calendar:",
            "'or'",
            "Timeslices");
  }
}
