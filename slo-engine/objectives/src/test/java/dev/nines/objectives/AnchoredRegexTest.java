// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.AnchoredRegex.Reading;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus's meaning of a regular expression, and its bounds. */
class AnchoredRegexTest {

  @ParameterizedTest
  @CsvSource({
    "5..|429, 503, true",
    "5..|429, 429, true",
    "5..|429, 5030, false",
    "5..|429, x429, false",
    "'', '', true",
    "'', a, false",
    ".*, '', true",
    ".+, '', false",
    "a.c, 'a\nc', true",
    "(?i)GET, get, true",
    "é., éß, true",
    "(?m)^b$, 'a\nb', false",
    "[)]{2}, )), true",
  })
  void theWholeTextMustMatch(String regex, String text, boolean matches) {
    assertThat(AnchoredRegex.of(regex).test(text.translateEscapes().getBytes(UTF_8)))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a)|(b", "(", "[", "a++", "a{1001}", "(?=a)", "\\1", "\\C", "x{2}{3}{4}"})
  void whatIsNoExpressionOfRe2IsRefused(String regex) {
    assertThat(AnchoredRegex.read(regex)).isInstanceOf(Reading.Refused.class);
  }

  /** Compiled, the worst of them would fill any memory. */
  @ParameterizedTest
  @Timeout(5)
  @ValueSource(
      strings = {
        "((((a{100}){100}){100}){100}){100}",
        "(a{1000}){1000}",
        "([)]{1000}(b{1000})){1000}",
        "([[:alpha:])]{1000}){1000}",
        "(\\(a{1000}){1000}",
        "((a?){500}|\\Q(\\Eb){900}",
        "(?:[^]]{900}){900}",
        "a{1000}b{1000}",
        "((((((((((((((((a{2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){2})"
      })
  void whatGrowsTooLargeIsRefusedBeforeItIsCompiled(String regex) {
    assertThat(AnchoredRegex.read(regex))
        .isEqualTo(new Reading.Refused("becomes more than 1000 instructions: repeat less"));
  }

  @Test
  void lengthIsBoundedAndOrdinaryOnesFit() {
    assertThat(AnchoredRegex.read("a".repeat(1_001))).isInstanceOf(Reading.Refused.class);
    assertThat(AnchoredRegex.read("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
        .isInstanceOf(Reading.Read.class);
    assertThat(AnchoredRegex.read("(?:/api/v[0-9]{1,3}/[^/]{1,64}){1,4}"))
        .isInstanceOf(Reading.Read.class);
  }

  /** To its end it would quote what SQL writes behind it. */
  @Test
  void anOpenQuotationIsRefused() {
    assertThat(AnchoredRegex.read("\\Qa.b")).isInstanceOf(Reading.Refused.class);
    assertThat(AnchoredRegex.of("\\Qa.b\\E").test("a.b".getBytes(UTF_8))).isTrue();
  }

  /** Backtracking would take 2^50 steps. */
  @Test
  void timeIsLinear() {
    AnchoredRegex regex = AnchoredRegex.of("(a*)*(a*)*(a*)*b");
    byte[] text = "a".repeat(5_000).getBytes(UTF_8);
    long began = System.nanoTime();
    assertThat(regex.test(text)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }
}
