// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRate;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.Slo;
import dev.nines.objectives.TimeWindow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens an alert as soon as its policy holds, on the lower bound: what is not measured counts as
 * good. At a boundary an alert whose policy no longer holds resolves when its short window, whose
 * passing is what resets it, is covered to 0.9; until then it is frozen.
 */
final class Alerts {

  private final Lines lines;
  private final Cells cells;
  private final Coverage coverage;
  private final LongSupplier clock;
  private final Consumer<BurnRecord.Change> told;

  Alerts(
      Lines lines,
      Cells cells,
      Coverage coverage,
      LongSupplier clock,
      Consumer<BurnRecord.Change> told) {
    this.lines = lines;
    this.cells = cells;
    this.coverage = coverage;
    this.clock = clock;
    this.told = told;
  }

  /** After a batch: opens what now holds. */
  void open(Line line, Scope scope) {
    scope.definition().slo().policies().forEach(policy -> open(line, scope, policy));
  }

  /** True when the alert opened, or fires again. */
  boolean open(Line line, Scope scope, BurnPolicy policy) {
    Alert alert = alert(line, scope, policy);
    boolean opens = (alert == null || alert.state() != State.FIRING) && scope.holds(policy);
    if (opens) {
      fire(line, scope, policy, alert);
    }
    return opens;
  }

  /** At a boundary: opens, freezes and resolves. */
  void decide(Line line, Scope scope) {
    open(line, scope);
    for (Alert alert : alertsOf(line, scope.name())) {
      BurnPolicy policy = current(scope.definition().slo(), alert.policy().name());
      if (policy == null) {
        resolve(line, scope, alert);
      } else if (!scope.holds(policy)) {
        settle(line, scope, alert);
      }
    }
  }

  /** The objective is gone, or another line took its place. */
  void withdraw(Line line, Scope scope) {
    alertsOf(line, scope.name()).forEach(alert -> resolve(line, scope, alert));
  }

  private void fire(Line line, Scope scope, BurnPolicy policy, @Nullable Alert before) {
    Instant firstBad = before == null ? scope.firstBad(policy, cells) : before.firstBadAt();
    Alert alert = new Alert(scope.name(), policy, State.FIRING, firstBad, List.of());
    lines.open(line, alert);
    tell(line, scope, alert);
  }

  private void settle(Line line, Scope scope, Alert alert) {
    TimeWindow window = alert.policy().shortTimeWindow();
    BigDecimal covered = coverage.of(scope.counts(), scope.definition(), window, scope.atMillis());
    if (covered.compareTo(Coverage.RESOLVES_AT) >= 0) {
      resolve(line, scope, alert);
      return;
    }
    Alert frozen = alert.told(State.FROZEN, scope.unmeasuredRegions(window));
    if (!frozen.equals(alert)) {
      lines.open(line, frozen);
      tell(line, scope, frozen);
    }
  }

  private void resolve(Line line, Scope scope, Alert alert) {
    lines.close(line, alert.told(State.RESOLVED, List.of()), scope.atMillis());
    tell(line, scope, alert.told(State.RESOLVED, List.of()));
  }

  private void tell(Line line, Scope scope, Alert alert) {
    Slo slo = scope.definition().slo();
    BurnPolicy policy = alert.policy();
    told.accept(
        new BurnRecord.Change(
            line.slo(),
            scope.definition().generation(),
            scope.name(),
            slo.service(),
            policy,
            alert.state(),
            Instant.ofEpochMilli(scope.atMillis()),
            Instant.ofEpochMilli(clock.getAsLong()),
            alert.firstBadAt(),
            shown(scope, policy.longTimeWindow()),
            shown(scope, policy.shortTimeWindow()),
            scope.bad(policy.longTimeWindow()),
            scope.total(policy.longTimeWindow()),
            scope.spent(0),
            alert.frozenRegions()));
  }

  private static BigDecimal shown(Scope scope, TimeWindow window) {
    return scope
        .burn(window)
        .map(BurnRate::shown)
        .orElseGet(() -> BigDecimal.ZERO.setScale(BurnRate.SHOWN_DIGITS));
  }

  private static @Nullable Alert alert(Line line, Scope scope, BurnPolicy policy) {
    return line.alerts().get(Line.alertKey(scope.name(), policy.name()));
  }

  private static List<Alert> alertsOf(Line line, String scope) {
    return line.alerts().values().stream().filter(alert -> alert.scope().equals(scope)).toList();
  }

  private static @Nullable BurnPolicy current(Slo slo, String name) {
    return slo.policies().stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
