// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void itEndsWithTheThirdStepInARowThatIsHardlyBetterThanTheBest() {
    assertThat(steps(20, 40, 80, 120, 160, 200, 205, 190, 208, 500)).isEqualTo(8);
  }

  @Test
  void aPauseIsNotTheEnd() {
    assertThat(steps(20, 40, 80, 80, 80, 200, 200, 200)).isEqualTo(-1);
    assertThat(steps(20, 40, 80, 80, 80, 200, 200, 200, 200)).isEqualTo(8);
  }

  @Test
  void itTakesTwoMinutes() {
    assertThat(steps(10, 100, 60, 60, 60, 60)).isEqualTo(-1);
    assertThat(steps(30, 100, 60, 60, 60, 60)).isEqualTo(4);
  }

  @Test
  void itEndsAfterFiveMinutes() {
    assertThat(steps(60, 1, 2, 4, 8, 16, 32, 64)).isEqualTo(5);
  }

  /** Steps until it was over; -1 when it was not. */
  private static int steps(double stepSeconds, double... figures) {
    WarmUp warmUp = new WarmUp();
    for (int step = 0; step < figures.length; step++) {
      warmUp.add(figures[step], stepSeconds);
      if (warmUp.over()) {
        return step + 1;
      }
    }
    return -1;
  }
}
