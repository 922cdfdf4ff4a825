// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.SloId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Changes as evaluation writes them. */
final class Burns {

  static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");

  private Burns() {}

  static BurnRecord.Vanished vanished(SloId slo, String scope, State state) {
    return new BurnRecord.Vanished(
        slo,
        1,
        scope,
        "checkout",
        Severity.PAGE,
        state,
        AT,
        AT.plusSeconds(31),
        AT.minusSeconds(300),
        12,
        1_840,
        List.of());
  }

  static BurnRecord.Change change(SloId slo, String scope, Severity severity, State state) {
    BurnPolicy policy =
        new BurnPolicy(
            severity == Severity.PAGE ? "fast" : "slow",
            Duration.ofMinutes(2),
            Duration.ofSeconds(20),
            BigDecimal.TEN,
            severity);
    return new BurnRecord.Change(
        slo,
        1,
        scope,
        "checkout",
        policy,
        state,
        AT,
        AT.plusMillis(50),
        AT.minusSeconds(20),
        new BigDecimal("36.5"),
        new BigDecimal("40"),
        12,
        34,
        new BigDecimal("0.2"),
        state == State.FROZEN ? List.of(scope) : List.of());
  }
}
