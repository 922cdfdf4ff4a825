// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.Threshold;
import dev.nines.telemetry.TraceInterest;
import io.prometheus.client.Counter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumesTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Counter unknown = Counter.build("unknown", "x").create();
  private final Volumes volumes = new Volumes(Map.of("acme", 100L), unknown);

  @Test
  void aWindowWithinItsBudgetIsKeptWhole() {
    told("acme", NOON, 400);
    told("acme", NOON, 600);
    assertThat(volumes.threshold("acme", NOON)).isEqualTo(Threshold.NONE);
    told("acme", NOON, 1);
    assertThat(volumes.threshold("acme", NOON)).isEqualTo(Threshold.halved(1));
  }

  @Test
  void whatIsKeptIsWithinTheBudgetAndMoreThanHalfOfIt() {
    for (long spans : new long[] {1_001, 2_000, 2_001, 77_777, 1_000_000_000}) {
      Instant window = NOON.plusSeconds(spans);
      told("acme", window, spans);
      double kept = spans / volumes.threshold("acme", window).adjustedCount();
      assertThat(kept).as("of %d", spans).isLessThanOrEqualTo(1_001).isGreaterThan(500);
    }
  }

  @Test
  void othersAndUnknownTimesAreKeptWhole() {
    told("rival", NOON, 1_000_000);
    assertThat(volumes.threshold("rival", NOON)).isEqualTo(Threshold.NONE);
    assertThat(unknown.get()).isZero();
    assertThat(volumes.threshold("acme", NOON)).isEqualTo(Threshold.NONE);
    assertThat(unknown.get()).isEqualTo(1);
  }

  @Test
  void theOldestWindowsAreForgotten() {
    for (int i = 0; i < 3_000; i++) {
      told("acme", NOON.plusSeconds(10L * i), 5_000);
    }
    assertThat(volumes.threshold("acme", NOON)).isEqualTo(Threshold.NONE);
    assertThat(volumes.threshold("acme", NOON.plusSeconds(29_990))).isEqualTo(Threshold.halved(3));
  }

  private void told(String tenant, Instant window, long spans) {
    volumes.add(new TraceInterest(tenant, window, spans, List.of()));
  }
}
