// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadResultTest {

  @Test
  void spansAreDividedByTheCpuOfTheProcess() {
    assertThat(result(500_000, 500_000, 0).spansPerCpuSecond()).isEqualTo(200_000);
  }

  @Test
  void aRunThatKeptUpCounts() {
    assertThat(result(475_000, 475_000, 0).voidReason()).isEmpty();
  }

  @Test
  void aGeneratorThatFellBehindMakesTheRunVoid() {
    assertThat(result(474_999, 474_999, 0).voidReason())
        .contains("the generator sent 474999 of 500000 spans that were due");
  }

  @Test
  void aSubjectThatFellBehindMakesTheRunVoid() {
    assertThat(result(500_000, 470_000, 0).voidReason())
        .contains("470000 of 500000 spans that were due were acknowledged");
  }

  @Test
  void aRefusalMakesTheRunVoidAndIsNamed() {
    assertThat(result(500_000, 499_488, 1).voidReason())
        .contains("1 batches were refused, first: UNAVAILABLE");
  }

  private static LoadResult result(long sent, long acknowledged, long refused) {
    String first = refused == 0 ? "" : "UNAVAILABLE";
    return new LoadResult(500_000, sent, acknowledged, 2.5, 1_000, refused, first, 260_000);
  }
}
