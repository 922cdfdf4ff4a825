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
 *
 * <p>A policy that waits is judged at each boundary that its regions have passed, and opens at the
 * one until which it has held for so long: by what is known then, live and in hindsight alike.
 */
final class Alerts {

  private final Lines lines;
  private final Coverage coverage;
  private final Waits waits;
  private final LongSupplier clock;
  private final Consumer<BurnRecord.Change> told;

  Alerts(
      Lines lines,
      Coverage coverage,
      Waits waits,
      LongSupplier clock,
      Consumer<BurnRecord.Change> told) {
    this.lines = lines;
    this.coverage = coverage;
    this.waits = waits;
    this.clock = clock;
    this.told = told;
  }

  /** After a batch: opens what now holds. */
  void open(Line line, Scope scope) {
    scope.definition().slo().policies().forEach(policy -> open(line, scope, policy));
  }

  /** Opens, or fires again; what waits only does the latter here. */
  private boolean open(Line line, Scope scope, BurnPolicy policy) {
    Alert alert = alert(line, scope, policy);
    boolean may = alert == null ? !policy.waits() : alert.state() != State.FIRING;
    boolean opens = may && scope.holds(policy);
    if (opens) {
      fire(line, scope, policy, alert);
    }
    return opens;
  }

  /** At a boundary that its regions have passed. True when the alert opened, or fires again. */
  boolean openAsOf(Line line, Scope scope, BurnPolicy policy) {
    if (!policy.waits()) {
      return open(line, scope, policy);
    }
    if (!scope.holds(policy)) {
      waits.end(line, scope.name(), policy);
      return false;
    }
    boolean opens = waits.holds(line, scope.name(), policy, scope.atMillis());
    if (opens) {
      waits.end(line, scope.name(), policy);
      fire(line, scope, policy, null);
    }
    return opens;
  }

  /** At such a boundary, where it plainly does not hold. */
  void calm(Line line, String scope, BurnPolicy policy) {
    if (policy.waits()) {
      waits.end(line, scope, policy);
    }
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

  /** Waits of policies that the definition has no more end. */
  void keepWaits(Line line, String scope, Slo slo) {
    if (line.waits()) {
      waits.keep(line, scope, slo.policies());
    }
  }

  /** The objective is gone, or another line took its place: nothing waits any more. */
  void forgetWaits(Line line) {
    if (line.waits()) {
      waits.forget(line);
      line.waits(false);
    }
  }

  private void fire(Line line, Scope scope, BurnPolicy policy, @Nullable Alert before) {
    Instant firstBad = before == null ? scope.firstBad(policy) : before.firstBadAt();
    Alert alert = new Alert(scope.name(), policy, State.FIRING, firstBad, List.of());
    lines.open(line, alert);
    tell(line, scope, alert);
  }

  private void settle(Line line, Scope scope, Alert alert) {
    TimeWindow window = alert.policy().shortTimeWindow();
    BigDecimal covered = coverage.of(scope, window);
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
            scope.spent(_ -> 0),
            alert.frozenRegions()));
  }

  private static BigDecimal shown(Scope scope, TimeWindow window) {
    return scope
        .burn(window)
        .map(BurnRate::shown)
        .orElseGet(() -> BigDecimal.ZERO.setScale(BurnRate.SHOWN_DIGITS));
  }

  private static @Nullable Alert alert(Line line, Scope scope, BurnPolicy policy) {
    return line.alert(scope.name(), policy.name());
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
