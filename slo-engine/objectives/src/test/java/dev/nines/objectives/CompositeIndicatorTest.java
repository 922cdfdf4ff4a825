// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CompositeIndicator.Component;
import dev.nines.objectives.CompositeIndicator.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares of components by hand. */
class CompositeIndicatorTest {

  /** Components a and b: bad/total each, weights 2 and 1; nothing of one without events. */
  @ParameterizedTest
  @CsvSource({
    // 95 % and 95 %: 0.95 x 0.95 = 0.9025 good, 0.05 x 0.05 bad
    "SERIAL, 5/100, 5/100, 0.0975",
    "PARALLEL, 5/100, 5/100, 0.0025",
    // (2 x 5 + 5) / (2 x 100 + 100)
    "WEIGHTED, 5/100, 5/100, 0.05",
    // traffic weighs, as the weight does: (2 x 1 + 9) / (2 x 10 + 90)
    "WEIGHTED, 1/10, 9/90, 0.1",
    "WEIGHTED, 0/10, 11/90, 0.1",
    "SERIAL, 0/7, 0/3, 0",
    "SERIAL, 7/7, 0/3, 1",
    "PARALLEL, 7/7, 0/3, 0",
    "PARALLEL, 7/7, 3/3, 1",
    // who has no event drops out
    "SERIAL, 0/0, 1/4, 0.25",
    "PARALLEL, 0/0, 1/4, 0.25",
    "PARALLEL, 1/4, 0/0, 0.25",
    "WEIGHTED, 0/0, 1/4, 0.25",
  })
  void twoComponents(Kind kind, String a, String b, BigDecimal bad) {
    Fraction share = composite(kind).bad(shares(a, b)).orElseThrow();
    assertThat(share.top()).isEqualTo(exactly(share, bad));
  }

  @Test
  void nothingIsSaidOfNothing() {
    for (Kind kind : Kind.values()) {
      assertThat(composite(kind).bad(shares("0/0", "0/0"))).isEmpty();
    }
  }

  /** A third of a third: no decimal has it. */
  @Test
  void noDigitIsLost() {
    Fraction parallel = composite(Kind.PARALLEL).bad(shares("1/3", "1/3")).orElseThrow();
    assertThat(parallel).isEqualTo(new Fraction(BigInteger.ONE, BigInteger.valueOf(9)));
    assertThat(
            BurnRate.of(new BigDecimal("0.9"), parallel)
                .exceeds(new BigDecimal("1.111111111111111")))
        .isTrue();
    assertThat(
            BurnRate.of(new BigDecimal("0.9"), parallel)
                .exceeds(new BigDecimal("1.111111111111112")))
        .isFalse();
  }

  @Test
  void onlyTrafficNeedsNoIndependence() {
    assertThat(Kind.WEIGHTED.assumesIndependence()).isFalse();
    assertThat(Kind.SERIAL.assumesIndependence()).isTrue();
    assertThat(Kind.PARALLEL.assumesIndependence()).isTrue();
  }

  private static CompositeIndicator composite(Kind kind) {
    return new CompositeIndicator(
        kind, List.of(new Component("p.a", BigDecimal.TWO), new Component("p.b", BigDecimal.ONE)));
  }

  private static Map<String, EventShare> shares(String a, String b) {
    Map<String, EventShare> shares = new HashMap<>();
    share(a).ifPresent(share -> shares.put("p.a", share));
    share(b).ifPresent(share -> shares.put("p.b", share));
    return shares;
  }

  private static Optional<EventShare> share(String text) {
    String[] parts = text.split("/");
    return EventShare.of(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  private static BigInteger exactly(Fraction share, BigDecimal value) {
    return new BigDecimal(share.bottom()).multiply(value).toBigIntegerExact();
  }
}
