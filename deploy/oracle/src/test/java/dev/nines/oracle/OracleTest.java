// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few streams of {@code ./nines prove oracle}. */
class OracleTest {

  @TempDir Path folder;

  static List<Scenario> scenarios() {
    return Scenario.ALL;
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theEngineIsBruteForce(Scenario scenario) {
    Comparison compared = Run.of(scenario, 1_001, folder);
    assertThat(compared.differences()).isEmpty();
    assertThat(compared.numbers()).isGreaterThan(20_000);
    assertThat(compared.told()).isGreaterThan(40);
    assertThat(compared.pages()).isGreaterThan(20);
    assertThat(compared.lateAndTooOld()).allMatch(events -> events > 100);
  }

  /** Two answers that share code can be wrong together. */
  @Test
  void bruteForceSharesNoClassWithTheProduct() throws IOException {
    Path brute =
        Path.of(
            System.getProperty("nines.root"), "deploy/oracle/src/main/java/dev/nines/oracle/brute");
    try (Stream<Path> files = Files.list(brute)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file).replace("package dev.nines.oracle.brute", ""))
            .as(file.toString())
            .doesNotContain("import dev.nines", "dev.nines.objectives");
      }
    }
  }
}
