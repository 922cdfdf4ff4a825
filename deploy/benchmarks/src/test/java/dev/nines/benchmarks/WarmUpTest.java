// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void itEndsWithTheFirstStepThatIsHardlyBetterThanTheBest() {
    assertThat(steps(40, 80, 120, 160, 200, 205, 500)).isEqualTo(6);
    assertThat(steps(40, 80, 200, 160, 500)).isEqualTo(4);
  }

  @Test
  void aPauseBeforeTheFourthStepIsNotTheEnd() {
    assertThat(steps(100, 60, 60)).isEqualTo(-1);
  }

  @Test
  void itEndsAtTheLatestAfterTenSteps() {
    assertThat(steps(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)).isEqualTo(10);
  }

  /** Steps until it was over; -1 when it was not. */
  private static int steps(double... figures) {
    WarmUp warmUp = new WarmUp();
    for (int step = 0; step < figures.length; step++) {
      warmUp.add(figures[step]);
      if (warmUp.over()) {
        return step + 1;
      }
    }
    return -1;
  }
}
