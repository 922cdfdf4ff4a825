// SPDX-License-Identifier: Apache-2.0
package dev.nines.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertStateTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant T1 = T0.plusSeconds(60);
  private static final List<String> REGIONS = List.of("eu-west-1");

  @Test
  void freezingKeepsItOpenAndRemembersSince() {
    AlertState frozen = new AlertState.Firing(T0, T0).freeze(T1, REGIONS);
    assertThat(frozen).isEqualTo(new AlertState.Frozen(T0, T1, REGIONS));
    assertThat(frozen.open()).isTrue();
    assertThat(frozen.fire(T1)).isEqualTo(new AlertState.Firing(T0, T1));
  }

  @Test
  void resolvedThatFiresAgainBeginsAnew() {
    AlertState resolved = new AlertState.Firing(T0, T0).resolve(T1);
    assertThat(resolved.open()).isFalse();
    assertThat(resolved.fire(T1)).isEqualTo(new AlertState.Firing(T1, T1));
    assertThat(resolved.freeze(T1, REGIONS)).isEqualTo(new AlertState.Frozen(T1, T1, REGIONS));
  }

  @Test
  void repeatsChangeNothing() {
    AlertState firing = new AlertState.Firing(T0, T0);
    AlertState frozen = new AlertState.Frozen(T0, T0, REGIONS);
    AlertState resolved = new AlertState.Resolved(T0, T0);
    assertThat(firing.fire(T1)).isSameAs(firing);
    assertThat(frozen.freeze(T1, REGIONS)).isSameAs(frozen);
    assertThat(resolved.resolve(T1)).isSameAs(resolved);
  }
}
