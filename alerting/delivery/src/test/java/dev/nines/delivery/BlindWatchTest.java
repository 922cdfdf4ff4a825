// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlindWatchTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private final BlindWatch watch = new BlindWatch(Duration.ofSeconds(15), T0);

  @Test
  void kafkaAwayFromTheStartIsBlindAfterTheLimitUntilThereIsAnAssignment() {
    assertThat(turns(59)).isEmpty();
    assertThat(turns(60)).containsExactly(new BlindWatch.Turn("all", true, T0));
    told(60);
    assertThat(turns(600)).isEmpty();
    watch.assigned(List.of(), at(61));
    assertThat(turns(61)).containsExactly(new BlindWatch.Turn("all", false, at(61)));
  }

  @Test
  void eachPartitionCountsFromItsLastSign() {
    watch.assigned(List.of(0, 1), at(1));
    told(1);
    watch.alive(0, at(10));
    told(10);
    assertThat(turns(24)).isEmpty();
    assertThat(turns(25)).containsExactly(new BlindWatch.Turn("partition-0", true, at(10)));
    told(25);
    assertThat(turns(61)).containsExactly(new BlindWatch.Turn("partition-1", true, at(1)));
    told(61);
    watch.alive(1, at(62));
    assertThat(turns(62)).containsExactly(new BlindWatch.Turn("partition-1", false, at(62)));
  }

  @Test
  void assignmentAloneIsNoSignOfLife() {
    watch.assigned(List.of(0), at(1));
    told(1);
    assertThat(turns(2)).isEmpty();
  }

  @Test
  void whatWasNotToldComesAgain() {
    assertThat(turns(70)).hasSize(1);
    assertThat(turns(71)).hasSize(1);
  }

  private List<BlindWatch.Turn> turns(long second) {
    return watch.turns(at(second));
  }

  private void told(long second) {
    turns(second).forEach(watch::told);
  }

  private static Instant at(long second) {
    return T0.plusSeconds(second);
  }
}
