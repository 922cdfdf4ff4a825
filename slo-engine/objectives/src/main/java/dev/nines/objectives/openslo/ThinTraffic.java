// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.Confidence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What so many events make of an SLO: with few, one failure is a high burn rate, or more than the
 * budget.
 *
 * @param perDay events, above 0
 */
record ThinTraffic(BigDecimal perDay) {

  private static final Pattern RATE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)/([smhd])");
  private static final BigDecimal DAY_SECONDS = BigDecimal.valueOf(86_400);
  private static final BigDecimal DAY_HOURS = BigDecimal.valueOf(24);
  private static final int SHOWN_DIGITS = 2;

  static ThinTraffic perHour(BigDecimal events) {
    return new ThinTraffic(events.multiply(DAY_HOURS));
  }

  /** Of {@code 10/h}; empty after a complaint. */
  static Optional<ThinTraffic> read(YamlValue value) {
    Matcher rate = RATE.matcher(value.scalar());
    if (!rate.matches() || new BigDecimal(rate.group(1)).signum() == 0) {
      value.refuse("traffic", "is no rate above 0, such as 10/h; units are s, m, h, d");
      return Optional.empty();
    }
    long unit = DurationText.parse("1" + rate.group(2)).orElseThrow().toSeconds();
    BigDecimal unitsOfDay = BigDecimal.valueOf(DAY_SECONDS.longValueExact() / unit);
    return Optional.of(new ThinTraffic(new BigDecimal(rate.group(1)).multiply(unitsOfDay)));
  }

  /** Each with its arithmetic; empty where there is enough. Of budgets that events spend. */
  List<String> wrong(
      BigDecimal target,
      Duration period,
      List<BurnPolicy> policies,
      BigDecimal confidence,
      long minFailures) {
    BigDecimal budget = BigDecimal.ONE.subtract(target);
    BigDecimal allowed = timesDay(period).multiply(budget);
    List<String> wrong = new ArrayList<>();
    if (allowed.compareTo(DAY_SECONDS) < 0) {
      wrong.add(
          "one failure is more than the budget: %s has %s events, of which (1 - %s) x %s = %s may fail"
              .formatted(
                  DurationText.format(period),
                  events(period),
                  target.toPlainString(),
                  events(period),
                  shown(allowed, DAY_SECONDS)));
    }
    for (BurnPolicy policy : policies) {
      BigDecimal needed = BigDecimal.valueOf(minFailures).multiply(DAY_SECONDS);
      if (minFailures > 1 && timesDay(policy.longWindow()).compareTo(needed) < 0) {
        wrong.add(
            "%s can never fire: it needs %d failures in %s, in which %s events come"
                .formatted(
                    policy.name(),
                    minFailures,
                    DurationText.format(policy.longWindow()),
                    events(policy.longWindow())));
      } else if (policy.severity() == Severity.PAGE
          && minFailures < 2
          && meetsOnOne(policy, target, confidence)) {
        wrong.add(onOne(policy, target, allowed));
      }
    }
    return wrong;
  }

  /** The short window has no more events than the long one, and so no lower a rate. */
  private boolean meetsOnOne(BurnPolicy policy, BigDecimal target, BigDecimal confidence) {
    BigDecimal threshold = BigDecimal.ONE.subtract(target).multiply(policy.factor());
    int rate = DAY_SECONDS.compareTo(threshold.multiply(withOne(policy)));
    return (policy.orEqual() ? rate >= 0 : rate > 0)
        && Confidence.at(confidence)
            .map(level -> level.exceeds(1, whole(withOne(policy)), target, policy.factor()))
            .orElse(true);
  }

  private static long whole(BigDecimal timesDay) {
    return timesDay
        .divide(DAY_SECONDS, 0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  private String onOne(BurnPolicy policy, BigDecimal target, BigDecimal allowed) {
    BigDecimal budget = BigDecimal.ONE.subtract(target);
    String events = shown(withOne(policy), DAY_SECONDS);
    return ("%s pages on one failure: 1 of %s events in %s burns 1 / (%s x (1 - %s)) = %s, beyond %s; it is"
            + " %s %% of the budget of %s. Write nines.dev/min-failures: 2, nines.dev/confidence or a"
            + " longer window")
        .formatted(
            policy.name(),
            events,
            DurationText.format(policy.longWindow()),
            events,
            target.toPlainString(),
            shown(DAY_SECONDS, withOne(policy).multiply(budget)),
            policy.factor().toPlainString(),
            shown(DAY_SECONDS.movePointRight(2), allowed),
            shown(allowed, DAY_SECONDS));
  }

  /** Events of the long window times a day's seconds; the failure is one at least. */
  private BigDecimal withOne(BurnPolicy policy) {
    return timesDay(policy.longWindow()).max(DAY_SECONDS);
  }

  private BigDecimal timesDay(Duration window) {
    return perDay.multiply(BigDecimal.valueOf(window.toSeconds()));
  }

  private String events(Duration window) {
    return shown(timesDay(window), DAY_SECONDS);
  }

  private static String shown(BigDecimal top, BigDecimal bottom) {
    return top.divide(bottom, SHOWN_DIGITS, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
