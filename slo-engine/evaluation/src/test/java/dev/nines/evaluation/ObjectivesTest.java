// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectivesTest {

  private static final Instant START = Bench.START;

  private final Objectives objectives = new Objectives();

  @Test
  void aLineIsAsOldAsItIsHoweverManyGenerationsFollowed() {
    for (int turn = 0; turn < 2; turn++) {
      for (int number = 1; number <= 600; number++) {
        add(number, 1);
      }
    }
    assertThat(measuredFrom()).isEqualTo(START.toEpochMilli());
    add(601, 601);
    assertThat(measuredFrom()).isEqualTo(START.plusSeconds(6_000).toEpochMilli());
  }

  private void add(long number, long line) {
    Slo slo = Bench.slo("checkout", line, "0.99", Duration.ofHours(1));
    Instant effectiveFrom = START.plusSeconds(10 * (number - 1));
    objectives.add(new Generation("default", number, effectiveFrom, List.of(slo)));
  }

  private long measuredFrom() {
    return objectives
        .inForce(Bench.CHECKOUT, START.plusSeconds(86_400).toEpochMilli())
        .orElseThrow()
        .measuredFromMillis();
  }
}
