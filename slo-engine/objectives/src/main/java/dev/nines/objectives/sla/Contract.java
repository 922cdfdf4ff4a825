// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/**
 * A service level agreement with one customer. The period is the calendar month in {@code
 * timeZone}.
 *
 * @param customer names the contract
 * @param validFrom first month it holds for
 */
public record Contract(
    String customer,
    String displayName,
    String provider,
    ZoneId timeZone,
    YearMonth validFrom,
    List<Service> services,
    NoData idle,
    NoData unmeasured,
    Exclusions exclusions,
    Credits credits) {

  /**
   * One promise.
   *
   * @param slo whose ledger is counted
   * @param group the customer's value of the SLO's grouping attribute; empty counts all
   * @param intervalMinutes length of the intervals of {@link Measure#INTERVAL_MEAN}, divides 60
   * @param tiers by {@code below}, lowest first
   */
  public record Service(
      String name,
      String slo,
      String group,
      Measure measure,
      Down down,
      int intervalMinutes,
      BigDecimal monthlyFee,
      List<Tier> tiers) {

    /** The promise itself: under this percentage a credit is due. */
    public BigDecimal promised() {
      return tiers.getLast().below();
    }
  }

  /**
   * When a minute is down.
   *
   * @param errorsAbove share of bad events that must be exceeded, in [0, 1)
   * @param minEvents fewer events than this decide nothing: the minute is up
   * @param minMinutes shorter runs of such minutes do not count
   */
  public record Down(BigDecimal errorsAbove, long minEvents, int minMinutes) {}

  /**
   * @param below uptime in percent: the tier holds for less than this
   * @param credit percent of the monthly fee
   */
  public record Tier(BigDecimal below, BigDecimal credit) {}

  /** What time without data of this customer counts as. */
  public enum NoData {
    GOOD,
    BAD,
    EXCLUDED
  }

  /** What excluded time counts as. */
  public enum Treatment {
    /** Neither good nor bad: it leaves numerator and denominator. */
    REMOVED,
    /** Good time. */
    GOOD,
    /** As it was: the exclusion changes nothing. For comparison only. */
    COUNTED
  }

  /**
   * The clauses.
   *
   * @param kinds that the contract knows; all others are ruled out
   * @param notice how long before it begins a maintenance window must be announced
   * @param maintenancePerMonth maintenance beyond it counts as any other time
   * @param approvalNeeded what no second person approved is ruled out
   */
  public record Exclusions(
      Treatment treatment,
      Set<Exclusion.Kind> kinds,
      Duration notice,
      Duration maintenancePerMonth,
      boolean approvalNeeded) {}

  /**
   * How a percentage becomes money.
   *
   * @param capPercent of the fee of one service
   * @param totalCapPercent of the fees of all services together
   * @param payableAbove a sum up to this is not paid
   * @param rounding to the currency's own digits, once for each service
   */
  public record Credits(
      Currency currency,
      BigDecimal capPercent,
      BigDecimal totalCapPercent,
      BigDecimal payableAbove,
      RoundingMode rounding) {}
}
