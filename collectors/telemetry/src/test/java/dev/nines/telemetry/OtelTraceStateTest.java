// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Vectors of OpenTelemetry's "TraceState: Probability Sampling". */
class OtelTraceStateTest {

  @Test
  void halvingsAreTheThresholdsOfTheSpecification() {
    assertThat(Threshold.halved(0)).isEqualTo(Threshold.NONE);
    assertThat(Threshold.halved(1).hex()).isEqualTo("8");
    assertThat(Threshold.halved(2).hex()).isEqualTo("c");
    assertThat(Threshold.halved(3).hex()).isEqualTo("e");
    assertThat(Threshold.halved(5).hex()).isEqualTo("f8");
    assertThat(Threshold.halved(5).adjustedCount()).isEqualTo(32);
    assertThat(Threshold.NONE.hex()).isEqualTo("0");
    assertThat(Threshold.NONE.adjustedCount()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Threshold(1L << 56));
  }

  @Test
  void oneInAHundredStandsForAHundred() {
    Threshold threshold = OtelTraceState.parse("ot=th:fd70a4").threshold(id("ffffffffffffff"));
    assertThat(threshold.adjustedCount()).isCloseTo(100, Offset.offset(0.001));
    assertThat(threshold.keeps(0xfd70a400000000L)).isTrue();
    assertThat(threshold.keeps(0xfd70a3ffffffffL)).isFalse();
  }

  @Test
  void theMemberOtIsFoundAmongOthers() {
    OtelTraceState state = OtelTraceState.parse("a=1, ot=rv:abcdef12345678;th:c;x:y ,b=2");
    assertThat(state.threshold(id("00000000000000"))).isEqualTo(Threshold.NONE);
    assertThat(state.randomness(id("00000000000000"))).isEqualTo(0xabcdef12345678L);
    assertThat(OtelTraceState.parse("ot=th:8;rv:abcdef12345678").threshold(id("00000000000000")))
        .isEqualTo(Threshold.halved(1));
    assertThat(state.with(Threshold.halved(3))).isEqualTo("ot=th:e;rv:abcdef12345678;x:y,a=1,b=2");
  }

  @Test
  void whatIsMalformedIsAbsent() {
    for (String text :
        new String[] {"", "ot=", "ot=th:", "ot=th:C", "ot=th:123456789012345", "th:8", "=,;:"}) {
      assertThat(OtelTraceState.parse(text).threshold(id("ffffffffffffff")))
          .as(text)
          .isEqualTo(Threshold.NONE);
    }
    assertThat(OtelTraceState.parse("ot=rv:123").randomness(id("00000000000007"))).isEqualTo(7);
    assertThat(OtelTraceState.parse("ot=th:zz;rv:123").with(Threshold.halved(1)))
        .isEqualTo("ot=th:8;rv:123");
  }

  /** A trace id that ends so. */
  private static Slice id(String last) {
    byte[] bytes = HexFormat.of().parseHex("010203040506070809" + last);
    Slice slice = new Slice();
    slice.set(bytes, 0, bytes.length);
    return slice;
  }

  @Test
  void aStateHasAtMost32Members() {
    String full =
        IntStream.range(0, 32).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
    String changed = OtelTraceState.parse(full).with(Threshold.halved(1));
    assertThat(changed.split(",")).hasSize(32).startsWith("ot=th:8", "k0=v").endsWith("k30=v");
  }
}
