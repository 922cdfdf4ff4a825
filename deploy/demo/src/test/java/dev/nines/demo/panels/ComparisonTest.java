// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void theOrderOfRowsDoesNotMatter() {
    assertThat(
            Comparison.difference(
                List.of(List.of("eu", "1", "0.5"), List.of("us", "2", "1")),
                List.of(List.of("us", "2", "1.0000000001"), List.of("eu", "1", "0.5"))))
        .isEmpty();
  }

  @Test
  void oneMoreIsALie() {
    assertThat(
            Comparison.difference(List.of(List.of("1000000000")), List.of(List.of("1000000001"))))
        .hasValue("shows [1000000000], truth is [1000000001]");
  }

  @Test
  void aRatioThatIsOffIsALie() {
    assertThat(Comparison.difference(List.of(List.of("0.9999")), List.of(List.of("0.9998"))))
        .isPresent();
    assertThat(Comparison.difference(List.of(List.of("nan")), List.of(List.of("0.9998"))))
        .isPresent();
  }

  @Test
  void aRowTooFewIsNamed() {
    assertThat(
            Comparison.difference(
                List.of(List.of("eu", "0.1")), List.of(List.of("eu", "0.1"), List.of("us", "2"))))
        .hasValue("shows 1 rows, truth has 2, such as [us, 2]");
  }

  @Test
  void textsAndTimesMustBeEqual() {
    assertThat(Comparison.difference(List.of(List.of("eu")), List.of(List.of("us")))).isPresent();
    assertThat(
            Comparison.difference(
                List.of(List.of("2026-01-01 00:00:00")), List.of(List.of("2026-01-01 00:00:10"))))
        .isPresent();
  }

  @Test
  void nothingIsNotNothingElse() {
    assertThat(Comparison.difference(List.of(List.of("\\N")), List.of(List.of("0")))).isPresent();
    assertThat(Comparison.difference(List.of(), List.of())).isEmpty();
  }
}
