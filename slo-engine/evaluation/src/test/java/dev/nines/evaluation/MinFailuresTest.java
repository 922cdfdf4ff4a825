// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinFailuresTest {

  @TempDir Path state;

  /** Two failures of two hundred are a burn of 10 at 0.999; whether that pages is a word more. */
  @ParameterizedTest
  @CsvSource({"0, 1, true", "1, 1, true", "2, 1, false", "2, 2, true", "3, 2, false"})
  void aPolicyNeedsSoManyFailures(long least, int failures, boolean pages) {
    Slo slo =
        Bench.minFailures(
            least,
            Bench.slo(
                "checkout",
                1,
                "0.999",
                Duration.ofHours(1),
                Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "4")));
    try (Bench bench = new Bench(state)) {
      bench.apply(1, Bench.START.minusSeconds(3_600), slo);
      for (int i = 0; i < failures; i++) {
        Cell cell = new Cell(bench.now().getEpochSecond(), 99, 100);
        bench.send(bench.counts(slo.id(), 1, "eu", bench.now(), cell));
      }
      assertThat(bench.changes())
          .extracting(BurnRecord.Change::scope)
          .containsExactlyInAnyOrder(pages ? new String[] {"eu", "global"} : new String[0]);
    }
  }
}
