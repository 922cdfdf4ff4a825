// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhaseTest {

  private static final String UNAVAILABLE =
      "io.grpc.StatusRuntimeException: UNAVAILABLE: bytes in flight";
  private static final String INTERNAL = "io.grpc.StatusRuntimeException: INTERNAL: lost";

  @Test
  void aSlowOneInAHundredIsBorneAndTwoAreNot() {
    assertThat(phase(shots(100, 1, 201)).sustained()).isTrue();
    assertThat(phase(shots(100, 2, 201)).sustained()).isFalse();
    assertThat(phase(shots(100, 2, 200)).sustained()).isTrue();
    assertThat(phase(shots(100, 2, 201)).p99Millis()).isEqualTo(201);
  }

  @Test
  void oneRefusalOrAGeneratorThatIsBehindIsNotSustained() {
    List<Shot> refused = shots(100, 0, 0);
    refused.set(50, shot(10_000, 1, UNAVAILABLE));
    assertThat(phase(refused).sustained()).isFalse();
    assertThat(phase(shots(95, 0, 0)).sustained()).isFalse();
    assertThat(phase(shots(96, 0, 0)).sustained()).isTrue();
  }

  @Test
  void answersThatMayBeTriedAgainAreRightAndOthersAreToldOnce() {
    Phase phase =
        phase(
            List.of(
                shot(0, 1, "OK"),
                shot(1, 1, UNAVAILABLE),
                shot(2, 1, INTERNAL),
                shot(3, 1, INTERNAL),
                shot(4, 1, "NONE"),
                shot(5, 1, "3 spans were rejected")));
    assertThat(phase.wrong()).containsExactly(INTERNAL, "NONE", "3 spans were rejected");
    assertThat(phase.codes())
        .isEqualTo(
            Map.of(
                "OK",
                1L,
                "UNAVAILABLE",
                1L,
                "INTERNAL",
                2L,
                "NONE",
                1L,
                "3 spans were rejected",
                1L));
    assertThat(phase.acknowledged()).isEqualTo(1);
  }

  @Test
  void normalIsWhatStaysNormalToTheEnd() {
    List<Shot> shots = shots(100, 0, 0);
    assertThat(phase(shots).normalFromSecond()).hasValue(0);
    shots.set(30, shot(6_000, 1, UNAVAILABLE));
    assertThat(phase(shots).normalFromSecond()).hasValue(7);
    shots.set(60, shot(12_000, 1, UNAVAILABLE));
    assertThat(phase(shots).normalFromSecond()).as("less than 10 s are left").isEmpty();
    assertThat(phase(List.of()).normalFromSecond()).isEmpty();
  }

  @Test
  void aLineOfTheFloodIsRead() {
    assertThat(Shot.parse("12\t340\t00ff\t" + UNAVAILABLE + "\tmore"))
        .isEqualTo(new Shot(12, 340, "00ff", UNAVAILABLE + "\tmore"));
  }

  /** 20 s of five batches a second. */
  private static Phase phase(List<Shot> shots) {
    return new Phase(5 * 512, Duration.ofSeconds(20), shots);
  }

  private static List<Shot> shots(int count, int slow, long slowMillis) {
    List<Shot> shots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shots.add(shot(i * 200L, i < slow ? slowMillis : 10, "OK"));
    }
    return shots;
  }

  private static Shot shot(long dueMillis, long answerMillis, String answer) {
    return new Shot(dueMillis, answerMillis, Long.toString(dueMillis), answer);
  }
}
