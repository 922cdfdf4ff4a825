// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.SloId;
import dev.nines.objectives.TimeWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowSumTest {

  private static final TimeWindow WINDOW = new RollingWindow(Duration.ofHours(6));

  /** Start of a chunk of cells of a minute. */
  private static final long START = 460_000L * 64 * 60;

  @TempDir Path folder;

  private RegionCounts counts;

  @BeforeEach
  void open() {
    BudgetKey key = new BudgetKey(new SloId("default", "checkout"), 1, "eu");
    counts = new RegionCounts(key, StoredChunks.in(folder));
  }

  @Test
  void whatFellOffTheLadderWhileABudgetWasIdleLeavesTheWindow() {
    count(START, 0);
    count(START + Duration.ofHours(5).toSeconds(), 100);
    assertThat(counts.bad(WINDOW)).isEqualTo(100);
    count(START + Duration.ofHours(8).toSeconds(), 100);
    assertThat(counts.bad(WINDOW)).isZero();
    assertThat(counts.total(WINDOW)).isEqualTo(200);
  }

  /** A client may claim any number: its garbage leaves with its cells. */
  @Test
  void sumsBeyondAllNumbersAreRightAgainWhenTheyLeft() {
    for (int minute = 0; minute < 400; minute++) {
      boolean garbage = minute < 3;
      long total = garbage ? Long.MAX_VALUE : 100;
      counts.add(
          new Cell(START + minute * 60L, garbage ? 0 : 40, total),
          Source.COUNTERS,
          Optional.of(Rung.HOUR));
      counts.advance(Set.of(WINDOW), (START + minute * 60L) * 1_000);
      assertThat(counts.bad(WINDOW)).isBetween(0L, counts.total(WINDOW));
    }
    assertThat(counts.total(WINDOW)).isEqualTo(361 * 100);
    assertThat(counts.bad(WINDOW)).isEqualTo(361 * 60);
  }

  private void count(long second, long good) {
    counts.add(new Cell(second, good, 100), Source.SPANS, Optional.of(Rung.HOUR));
    counts.advance(Set.of(WINDOW), second * 1_000);
  }
}
