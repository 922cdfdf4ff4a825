// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static dev.nines.objectives.openslo.OpenSloTest.VALID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With few events one failure is much. The workbook's case, 10 requests an hour at 99.9 %: 7.2
 * failures in 30 days, each 13.9 % of the budget.
 */
class ThinTrafficTest {

  private static final String PAGE = "nines.dev/burn: 'long=1h short=5m factor=14.4 severity=page'";

  @Test
  void theWorkbooksExample() {
    assertThat(wrong(PAGE, "10/h"))
        .containsExactly(
            "page-1h pages on one failure: 1 of 10 events in 1h burns 1 / (10 x (1 - 0.999)) = 100,"
                + " beyond 14.4; it is 13.89 % of the budget of 7.2. Write nines.dev/min-failures:"
                + " 2, nines.dev/confidence or a longer window");
  }

  /** 1 / (n x 0.001) is above 14.4 up to n = 69.4 events an hour. */
  @ParameterizedTest
  @CsvSource({
    "69/h, 1",
    "69.4/h, 1",
    "69.5/h, 0",
    "70/h, 0",
    "1.15/m, 1",
    "1.16/m, 0",
    "1668/d, 0",
    "1/s, 0"
  })
  void exactlyWhereOneFailureIsAboveTheFactor(String rate, int wrong) {
    assertThat(wrong(PAGE, rate)).hasSize(wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nines.dev/min-failures: 2",
        "nines.dev/confidence: '0.98'",
        "nines.dev/burn: 'long=1h short=5m factor=14.4 severity=ticket'",
        "nines.dev/burn: 'long=1d short=2h factor=14.4 severity=page'",
        "nines.dev/burn: off",
      })
  void whatKeepsItQuiet(String annotation) {
    String burn = annotation.startsWith("nines.dev/burn") ? "" : PAGE + "\n    ";
    assertThat(wrong(burn + annotation, "10/h")).isEmpty();
  }

  @Test
  void oneFailureIsMoreThanTheBudget() {
    assertThat(wrong("nines.dev/burn: off", "1/h"))
        .containsExactly(
            "one failure is more than the budget: 30d has 720 events, of which (1 - 0.999) x 720 ="
                + " 0.72 may fail");
    assertThat(wrong("nines.dev/burn: off", "1.39/h")).isEmpty();
  }

  @Test
  void failuresThatNeverComeNeverFire() {
    assertThat(wrong(PAGE + "\n    nines.dev/min-failures: 20", "10/h"))
        .containsExactly(
            "page-1h can never fire: it needs 20 failures in 1h, in which 10 events come");
    assertThat(wrong(PAGE + "\n    nines.dev/min-failures: 20", "20/h")).isEmpty();
  }

  /** Of the defaults two page. */
  @Test
  void theDefaultsAreCheckedToo() {
    assertThat(wrong("example.org/a: b", "10/h")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"0/h", "10", "10/w", "-1/h", "many/h", "1e3/h"})
  void aRateIsANumberAndAUnit(String rate) {
    assertThat(wrong(PAGE, rate))
        .containsExactly("is no rate above 0, such as 10/h; units are s, m, h, d");
  }

  @Test
  void theCommandAsksTheSameOfAll(@TempDir Path folder) throws IOException {
    String yaml = VALID.replace("example.org/owner: somebody", PAGE);
    Path file = Files.writeString(folder.resolve("a.yaml"), yaml);
    assertThat(run(file, "70")).startsWith("0\n");
    assertThat(run(file, "10"))
        .startsWith("1\n" + file + ":1 checkout: page-1h pages on one failure: 1 of 10 events")
        .endsWith("0 valid SLOs, 1 error in 1 file\n");
  }

  private static String run(Path file, String perHour) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    Optional<BigDecimal> events = Optional.of(new BigDecimal(perHour));
    int code = SloCheck.run(List.of(file), Reading.STRICT, events, out);
    return code + "\n" + bytes.toString(UTF_8);
  }

  private static List<String> wrong(String annotations, String rate) {
    String yaml =
        VALID.replace(
            "example.org/owner: somebody",
            annotations + "\n    nines.dev/expected-events: " + rate);
    return OpenSlo.read("a", yaml).violations().stream().map(Violation::message).toList();
  }
}
