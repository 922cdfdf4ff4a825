// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void theMedianIsTheOneInTheMiddleOfThoseInOrder() {
    assertThat(Spread.of(List.of(310.0, 95.0, 300.0, 320.0, 305.0)))
        .isEqualTo(new Spread(305, 95, 320));
  }

  @Test
  void ofAnEvenNumberItIsTheMeanOfTwo() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 10.0))).isEqualTo(new Spread(3, 1, 10));
  }

  @Test
  void oneRunIsItsOwnMedian() {
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
  }
}
