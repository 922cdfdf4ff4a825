// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.openslo.DurationText;
import dev.nines.objectives.sla.Contract.NoData;
import dev.nines.objectives.sla.Contract.Treatment;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** A contract's rules as a customer reads them. */
final class Words {

  private Words() {}

  static String rule(Contract.Service service) {
    return switch (service.measure()) {
      case MINUTE ->
          "100 % less the share of minutes that were down. A minute is down when "
              + failing(service.down())
              + (service.down().minMinutes() == 1
                  ? "."
                  : ", in a run of at least " + service.down().minMinutes() + " minutes.");
      case INTERVAL_MEAN ->
          "100 % less the mean of the error rates of all "
              + service.intervalMinutes()
              + "-minute intervals; each interval weighs the same.";
      case REQUEST -> "Good requests as a share of all requests; each request weighs the same.";
    };
  }

  private static String failing(Contract.Down down) {
    String share =
        down.errorsAbove().signum() == 0
            ? "at least one request fails"
            : "more than " + percent(down.errorsAbove()) + " % of its requests fail";
    return down.minEvents() == 1 ? share : share + " out of " + down.minEvents() + " or more";
  }

  static Report.Terms terms(Contract contract) {
    return new Report.Terms(
        noData(contract.idle()),
        noData(contract.unmeasured()),
        contract.exclusions().treatment() == Treatment.GOOD
            ? "counts as good"
            : "leaves numerator and denominator",
        maintenance(contract.exclusions()),
        credits(contract.credits()));
  }

  private static String noData(NoData rule) {
    return switch (rule) {
      case GOOD -> "counts as good";
      case BAD -> "counts as down";
      case EXCLUDED -> "leaves numerator and denominator";
    };
  }

  private static String maintenance(Contract.Exclusions clauses) {
    if (clauses.kinds().isEmpty()) {
      return "nothing is excluded";
    }
    String kinds =
        clauses.kinds().stream()
            .map(Exclusion.Kind::word)
            .sorted()
            .collect(Collectors.joining(", "));
    String approved = clauses.approvalNeeded() ? "; approved by a second person" : "";
    return clauses.kinds().contains(Exclusion.Kind.MAINTENANCE)
        ? "%s; maintenance with %s notice, at most %s a month%s"
            .formatted(
                kinds, length(clauses.notice()), length(clauses.maintenancePerMonth()), approved)
        : kinds + approved;
  }

  private static String credits(Contract.Credits terms) {
    return "at most %s %% of a service's fee and %s %% of all fees; paid above %s %s; rounded %s"
        .formatted(
            plain(terms.capPercent()),
            plain(terms.totalCapPercent()),
            plain(terms.payableAbove()),
            terms.currency().getCurrencyCode(),
            terms.rounding().name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static String length(Duration duration) {
    return duration.isZero() ? "no" : DurationText.format(duration);
  }

  static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static String percent(BigDecimal share) {
    return plain(share.movePointRight(2));
  }
}
