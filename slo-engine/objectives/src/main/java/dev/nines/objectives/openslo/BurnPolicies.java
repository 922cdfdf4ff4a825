// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRate;
import dev.nines.objectives.Slices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which burn policies make sense for an SLO, with the arithmetic that says so.
 *
 * @param period the shortest that the SLO's window can be
 * @param slice of a budget of slices, else that of the counts
 */
record BurnPolicies(BigDecimal target, Duration period, Duration slice) {

  private static final Duration LONGEST = Duration.ofDays(90);
  private static final String WORKBOOK = "workbook-policies.txt";

  static BurnPolicies of(BigDecimal target, Duration period, Budgeting budgeting) {
    Duration slice =
        budgeting instanceof Sliced sliced ? sliced.slice() : Duration.ofSeconds(Slices.SECONDS);
    return new BurnPolicies(target, period, slice);
  }

  /** The workbook's policies that this SLO can reach. */
  List<BurnPolicy> defaults() {
    return workbook().stream().filter(policy -> wrong(policy, "long", "short").isEmpty()).toList();
  }

  /**
   * What is wrong with a policy; empty when it can fire.
   *
   * @param longName what the long window is called where the policy stands
   * @param shortName the same of the short one; equal where there is one window
   */
  List<String> wrong(BurnPolicy policy, String longName, String shortName) {
    List<String> wrong = new ArrayList<>(wrongShort(policy, longName, shortName));
    if (policy.longWindow().compareTo(LONGEST) > 0) {
      wrong.add(
          "%s=%s is beyond what burn rates are kept for: %s"
              .formatted(
                  longName,
                  DurationText.format(policy.longWindow()),
                  DurationText.format(LONGEST)));
    } else if (policy.longWindow().compareTo(period) > 0) {
      wrong.add(
          "%s=%s is beyond the period of %s"
              .formatted(
                  longName, DurationText.format(policy.longWindow()), DurationText.format(period)));
    } else if (!shortName.equals(longName)) {
      wrong.addAll(broken(longName, policy.longWindow()));
    }
    if (policy.afterSeconds() > period.toSeconds()) {
      wrong.add(
          "alertAfter=%s is beyond the period of %s"
              .formatted(
                  DurationText.format(Duration.ofSeconds(policy.afterSeconds())),
                  DurationText.format(period)));
    }
    BigDecimal budget = BigDecimal.ONE.subtract(target);
    int reach = policy.factor().multiply(budget).compareTo(BigDecimal.ONE);
    if (policy.orEqual() ? reach > 0 : reach >= 0) {
      wrong.add(
          "factor=%s can never be %s: at target %s a total outage burns 1 / (1 - %s) = %s"
              .formatted(
                  policy.factor().toPlainString(),
                  policy.orEqual() ? "reached" : "exceeded",
                  target.toPlainString(),
                  target.toPlainString(),
                  quotient(BigDecimal.ONE, budget)));
    }
    return wrong;
  }

  /** A window of one slice is half open most of the time, or rests on one verdict. */
  private List<String> wrongShort(BurnPolicy policy, String longName, String shortName) {
    String text = DurationText.format(policy.shortWindow());
    Duration shortest = slice.multipliedBy(2);
    List<String> wrong = new ArrayList<>();
    if (policy.shortWindow().compareTo(shortest) < 0) {
      wrong.add(
          "%s=%s is under two slices of %s = %s"
              .formatted(
                  shortName, text, DurationText.format(slice), DurationText.format(shortest)));
    } else {
      wrong.addAll(broken(shortName, policy.shortWindow()));
    }
    boolean two = !shortName.equals(longName);
    if (two && policy.shortWindow().compareTo(policy.longWindow()) >= 0) {
      wrong.add(
          "%s=%s is not below %s=%s"
              .formatted(shortName, text, longName, DurationText.format(policy.longWindow())));
    }
    return wrong;
  }

  private List<String> broken(String name, Duration window) {
    return window.toSeconds() % slice.toSeconds() == 0
        ? List.of()
        : List.of(
            "%s=%s is no whole number of slices of %s"
                .formatted(name, DurationText.format(window), DurationText.format(slice)));
  }

  /** What is spent before a policy that waits can tell, and what it never tells of. */
  static String costOfWaiting(BurnPolicy policy, Duration period) {
    String after = DurationText.format(Duration.ofSeconds(policy.afterSeconds()));
    BigDecimal percent =
        policy
            .factor()
            .multiply(BigDecimal.valueOf(policy.afterSeconds() * 100))
            .divide(BigDecimal.valueOf(period.toSeconds()), 2, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return ("waits %s: at %s times the budget of %s another %s x %s / %s = %s %% of it is gone before anybody is told,"
            + " and whatever ends sooner is never told")
        .formatted(
            after,
            policy.factor().toPlainString(),
            DurationText.format(period),
            policy.factor().toPlainString(),
            after,
            DurationText.format(period),
            percent.toPlainString());
  }

  private static List<BurnPolicy> workbook() {
    String lines =
        read().lines().filter(line -> !line.startsWith("#")).reduce("", (a, b) -> a + b + ";");
    return PolicyParser.parse(
            lines,
            (offset, message) -> {
              throw new IllegalStateException(WORKBOOK + " at " + offset + ": " + message);
            })
        .stream()
        .map(PolicyParser.Placed::policy)
        .toList();
  }

  private static String read() {
    try (InputStream in = BurnPolicies.class.getResourceAsStream(WORKBOOK)) {
      return new String(Objects.requireNonNull(in, WORKBOOK).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quotient(BigDecimal top, BigDecimal bottom) {
    return top.divide(bottom, BurnRate.SHOWN_DIGITS, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
