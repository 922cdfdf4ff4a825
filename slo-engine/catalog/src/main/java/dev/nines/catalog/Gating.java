// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static dev.nines.objectives.SloStatus.GLOBAL;

import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.Gate;
import dev.nines.objectives.Gate.Burning;
import dev.nines.objectives.Gate.Unmeasured;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the error budget of an SLO says about changes to its service. Pure. */
final class Gating {

  static final BigDecimal COVERED = new BigDecimal("0.9");

  /** What was not evaluated for so long may be anything by now. */
  static final Duration FRESH = Duration.ofMinutes(5);

  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

  private Gating() {}

  /**
   * One fact that matters.
   *
   * @param rule {@code budget}, {@code burning} or {@code unmeasured}
   * @param denies alone it says no
   * @param text for people, with the figures
   */
  record Reason(String slo, String scope, String rule, boolean denies, String text) {}

  /**
   * @param gate of the SLO
   * @param region that is to be changed; empty for all
   * @param statuses of all its scopes
   */
  static List<Reason> reasons(
      Slo slo, Gate gate, String region, List<SloStatus> statuses, Instant now) {
    List<Reason> reasons = new ArrayList<>();
    for (String scope : region.isEmpty() ? List.of(GLOBAL) : List.of(GLOBAL, region)) {
      Optional<SloStatus> status =
          statuses.stream().filter(each -> each.scope().equals(scope)).findFirst();
      if (status.isEmpty()) {
        reasons.add(unmeasured(slo, gate, scope, "nothing was ever counted here"));
      } else {
        measured(reasons, slo, gate, status.get(), now);
        budget(reasons, slo, gate, status.get());
        burning(reasons, slo, gate, status.get());
      }
    }
    return reasons;
  }

  private static void measured(
      List<Reason> reasons, Slo slo, Gate gate, SloStatus status, Instant now) {
    Instant since = status.unmeasuredSince();
    if (status.coverage().compareTo(COVERED) < 0) {
      String text =
          "%s %% of what is expected since its counts began is measured, 90 %% is needed"
              .formatted(percent(status.coverage()));
      reasons.add(unmeasured(slo, gate, status.scope(), text));
    } else if (since != null && since.isBefore(now.minus(FRESH))) {
      String where = String.join(", ", status.unmeasuredRegions());
      reasons.add(unmeasured(slo, gate, status.scope(), where + " is silent since " + since));
    } else if (status.asOf().isBefore(now.minus(FRESH))) {
      String text =
          "was evaluated last at %s: no traffic since, or no engine".formatted(status.asOf());
      reasons.add(unmeasured(slo, gate, status.scope(), text));
    }
  }

  private static Reason unmeasured(Slo slo, Gate gate, String scope, String text) {
    boolean closed = gate.unmeasured() == Unmeasured.CLOSED;
    String what = text + (closed ? "; the objective says closed then" : "; it says open then");
    return new Reason(slo.id().name(), scope, "unmeasured", closed, what);
  }

  private static void budget(List<Reason> reasons, Slo slo, Gate gate, SloStatus status) {
    boolean denies = status.budgetSpent().compareTo(gate.spent()) >= 0;
    reasons.add(
        new Reason(
            slo.id().name(),
            status.scope(),
            "budget",
            denies,
            "%s %% of the error budget is spent; from %s %% on nothing is changed"
                .formatted(percent(status.budgetSpent()), percent(gate.spent()))));
  }

  /**
   * A component's traffic that is gone: the composite has none of its own.
   *
   * @param gate of the composite
   */
  static List<Reason> vanished(Slo component, Gate gate, String region, List<SloStatus> statuses) {
    List<Reason> reasons = new ArrayList<>();
    statuses.stream()
        .filter(status -> status.scope().equals(GLOBAL) || status.scope().equals(region))
        .forEach(status -> vanished(reasons, component, gate, status));
    return reasons;
  }

  private static void vanished(List<Reason> reasons, Slo slo, Gate gate, SloStatus status) {
    SloStatus.Traffic traffic = status.traffic();
    if (traffic != null && traffic.vanished() && closes(gate.burning(), severity(slo.vanished()))) {
      String text =
          "the traffic is gone: %d events in five minutes, %s are expected"
              .formatted(traffic.counted(), traffic.expected());
      reasons.add(new Reason(slo.id().name(), status.scope(), "burning", true, text));
    }
  }

  private static void burning(List<Reason> reasons, Slo slo, Gate gate, SloStatus status) {
    vanished(reasons, slo, gate, status);
    for (SloStatus.Burn burn : status.burns()) {
      boolean denies = burn.firing() && closes(gate.burning(), severity(slo, burn.policy()));
      if (denies) {
        reasons.add(
            new Reason(
                slo.id().name(),
                status.scope(),
                "burning",
                true,
                "%s fires: the budget burns %s times as fast as it may"
                    .formatted(
                        burn.policy(),
                        Objects.requireNonNullElse(burn.shortBurn(), BigDecimal.ZERO)
                            .setScale(1, RoundingMode.HALF_UP)
                            .toPlainString())));
      }
    }
  }

  private static boolean closes(Burning burning, Severity severity) {
    return switch (burning) {
      case PAGE -> severity == Severity.PAGE;
      case TICKET -> true;
      case OFF -> false;
    };
  }

  private static Severity severity(Slo.Vanished told) {
    return told == Slo.Vanished.PAGE ? Severity.PAGE : Severity.TICKET;
  }

  private static Severity severity(Slo slo, String policy) {
    return slo.policies().stream()
        .filter(each -> each.name().equals(policy))
        .map(each -> each.severity())
        .findFirst()
        .orElse(Severity.PAGE);
  }

  /** Cut off, so that 99.99 is never shown as 100. */
  private static String percent(BigDecimal share) {
    return share
        .multiply(PERCENT)
        .setScale(2, RoundingMode.DOWN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
