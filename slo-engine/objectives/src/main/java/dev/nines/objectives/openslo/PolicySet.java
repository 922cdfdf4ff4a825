// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Burn policies under one name, to be held against many SLOs.
 *
 * @param policies as they are for a period of {@code madeFor}
 * @param madeFor the period that {@code scale} starts from
 * @param only SLOs of this period alone; empty for all
 * @param confidence of the lower bound that an alert needs; 0 means none
 * @param minFailures bad events in the long window that an alert needs
 */
public record PolicySet(
    String name,
    List<BurnPolicy> policies,
    Duration madeFor,
    Scale scale,
    Optional<Duration> only,
    BigDecimal confidence,
    long minFailures) {

  /** What becomes of a policy where the period is another. */
  public enum Scale {
    NONE,
    /** Same windows, same shares of the budget: the factor is multiplied. */
    FACTORS,
    /** Same factors, same shares of the budget: the windows are multiplied, to whole slices. */
    WINDOWS
  }

  /**
   * What of the set an SLO can use.
   *
   * @param left why the others cannot be used
   */
  public record Fitted(List<BurnPolicy> policies, List<String> left) {}

  public Fitted fit(Slo slo) {
    Duration period = slo.period().shortest();
    if (only.isPresent() && !only.get().equals(period)) {
      return new Fitted(
          List.of(),
          List.of(
              "is for periods of %s, not %s"
                  .formatted(DurationText.format(only.get()), DurationText.format(period))));
    }
    if (confidence.signum() > 0 && slo.budgeting() instanceof Sliced) {
      return new Fitted(List.of(), List.of("confidence is of events; slices spend this budget"));
    }
    if (confidence.signum() > 0 && slo.indicator() instanceof CompositeIndicator) {
      return new Fitted(List.of(), List.of("confidence is of one ratio; a composite has several"));
    }
    BurnPolicies limits = BurnPolicies.of(slo.target(), period, slo.budgeting());
    List<BurnPolicy> usable = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (BurnPolicy policy : policies) {
      BurnPolicy scaled = scaled(policy, period);
      List<String> wrong =
          scaled.shortWindow().isZero()
              ? List.of(
                  "short=%s is less than a slice where the period is %s"
                      .formatted(
                          DurationText.format(policy.shortWindow()), DurationText.format(period)))
              : limits.wrong(scaled, "long", "short");
      if (wrong.isEmpty()) {
        usable.add(scaled);
      }
      wrong.forEach(why -> left.add(policy.name() + ": " + why));
    }
    return new Fitted(usable, left);
  }

  private BurnPolicy scaled(BurnPolicy policy, Duration period) {
    return switch (scale) {
      case NONE -> policy;
      case FACTORS ->
          with(policy, policy.longWindow(), policy.shortWindow(), factor(policy, period));
      case WINDOWS ->
          with(
              policy,
              window(policy.longWindow(), period),
              window(policy.shortWindow(), period),
              policy.factor());
    };
  }

  private static BurnPolicy with(
      BurnPolicy policy, Duration longWindow, Duration shortWindow, BigDecimal factor) {
    return new BurnPolicy(
        policy.name(),
        longWindow,
        shortWindow,
        factor,
        policy.severity(),
        policy.orEqual(),
        policy.afterSeconds());
  }

  private BigDecimal factor(BurnPolicy policy, Duration period) {
    BigDecimal factor =
        policy
            .factor()
            .multiply(BigDecimal.valueOf(period.toSeconds()))
            .divide(BigDecimal.valueOf(madeFor.toSeconds()), 9, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return factor.scale() < 0 ? factor.setScale(0, RoundingMode.UNNECESSARY) : factor;
  }

  private Duration window(Duration window, Duration period) {
    long seconds = Math.multiplyExact(window.toSeconds(), period.toSeconds()) / madeFor.toSeconds();
    return Duration.ofSeconds(Slices.floor(seconds, Slices.SECONDS));
  }
}
