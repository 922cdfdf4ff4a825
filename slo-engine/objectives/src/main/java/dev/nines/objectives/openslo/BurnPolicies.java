// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** Which burn policies make sense for a target and a period, with the arithmetic that says so. */
final class BurnPolicies {

  /** A window of one slice is half open most of the time. */
  static final Duration SHORTEST = Duration.ofSeconds(2 * Slices.SECONDS);

  private static final String WORKBOOK = "workbook-policies.txt";

  private BurnPolicies() {}

  /** The workbook's policies that this target and period can reach. */
  static List<BurnPolicy> defaults(BigDecimal target, Duration period) {
    return workbook().stream().filter(policy -> wrong(policy, target, period).isEmpty()).toList();
  }

  /** What is wrong with a policy; empty when it can fire. */
  static List<String> wrong(BurnPolicy policy, BigDecimal target, Duration period) {
    List<String> wrong = new ArrayList<>(wrongWindows(policy));
    if (policy.longWindow().compareTo(period) > 0) {
      wrong.add(
          "long=%s is beyond the period of %s"
              .formatted(DurationText.format(policy.longWindow()), DurationText.format(period)));
    }
    BigDecimal budget = BigDecimal.ONE.subtract(target);
    if (policy.factor().multiply(budget).compareTo(BigDecimal.ONE) >= 0) {
      wrong.add(
          "factor=%s can never be exceeded: at target %s a total outage burns 1 / (1 - %s) = %s"
              .formatted(
                  policy.factor().toPlainString(),
                  target.toPlainString(),
                  target.toPlainString(),
                  quotient(BigDecimal.ONE, budget)));
    }
    return wrong;
  }

  private static List<String> wrongWindows(BurnPolicy policy) {
    List<String> wrong = new ArrayList<>();
    String shortText = DurationText.format(policy.shortWindow());
    if (policy.shortWindow().compareTo(SHORTEST) < 0) {
      wrong.add(
          "short=%s is under two slices of %d s = %s"
              .formatted(shortText, Slices.SECONDS, DurationText.format(SHORTEST)));
    }
    if (policy.shortWindow().compareTo(policy.longWindow()) >= 0) {
      wrong.add(
          "short=%s is not below long=%s"
              .formatted(shortText, DurationText.format(policy.longWindow())));
    }
    return wrong;
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
