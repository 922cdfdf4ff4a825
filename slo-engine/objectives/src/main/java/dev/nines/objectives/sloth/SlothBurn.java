// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The alerts that Sloth makes of an SLO: the budget that may go in each window, of a period of its
 * catalog. Their factors have as many digits as its rules show.
 *
 * <p>Source: Sloth, internal/alert/windows/google-30d.yaml and google-28d.yaml.
 */
record SlothBurn(int periodDays) {

  private static final MathContext DIGITS = new MathContext(16, RoundingMode.HALF_UP);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Sloth's default, --default-slo-period. */
  static final int PERIOD_DAYS = 30;

  static final List<Integer> PERIODS_DAYS = List.of(28, 30);

  private static final List<Window> WINDOWS =
      List.of(
          new Window("page", "1h", "5m", 1, 2),
          new Window("page", "6h", "30m", 6, 5),
          new Window("ticket", "1d", "2h", 24, 10),
          new Window("ticket", "3d", "6h", 72, 10));

  private record Window(
      String severity, String longWindow, String shortWindow, int longHours, int budgetPercent) {}

  /**
   * @param annotation {@code nines.dev/burn}
   * @param unreachable policies that were left out: Sloth makes them, and they can never fire
   */
  record Policies(String annotation, List<String> unreachable) {}

  Policies of(SlothSlo slo) {
    List<String> policies = new ArrayList<>();
    List<String> unreachable = new ArrayList<>();
    for (Window window : WINDOWS) {
      boolean page = window.severity.equals("page");
      SlothSlo.Alert alert = page ? slo.alerting().page() : slo.alerting().ticket();
      if (!alert.disabled()) {
        BigDecimal factor = factor(window);
        (canFire(factor, slo.objective()) ? policies : unreachable)
            .add(
                "long=%s short=%s factor=%s severity=%s"
                    .formatted(
                        window.longWindow,
                        window.shortWindow,
                        factor.toPlainString(),
                        window.severity));
      }
    }
    return new Policies(policies.isEmpty() ? "off" : String.join("; ", policies), unreachable);
  }

  /** Budget that may go, times how often the window fits into the period. */
  private BigDecimal factor(Window window) {
    return BigDecimal.valueOf((long) window.budgetPercent * periodDays * 24)
        .divide(HUNDRED.multiply(BigDecimal.valueOf(window.longHours)), DIGITS)
        .stripTrailingZeros();
  }

  /** A total outage burns 1 / (1 - target). */
  private static boolean canFire(BigDecimal factor, BigDecimal percent) {
    return factor.multiply(HUNDRED.subtract(percent)).compareTo(HUNDRED) < 0;
  }
}
