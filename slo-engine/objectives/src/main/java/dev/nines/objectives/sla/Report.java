// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement for one customer: a pure function of contract, exclusions and ledger minutes, so that
 * whoever has these can compute it again. Percentages are cut, never rounded up.
 *
 * @param period for people, such as {@code November 2026}
 * @param through end of the last minute that is looked at; before {@code to} while the period runs
 * @param asOf what was known then is in it, and nothing that was known later
 * @param provisional the period is not over, or late data may still be on its way
 * @param definitionHash SHA-256 of the contract's text and the SLO definitions
 */
public record Report(
    String format,
    String tenant,
    String customer,
    String displayName,
    String provider,
    int contractVersion,
    String period,
    Instant from,
    Instant to,
    Instant through,
    String timeZone,
    Instant asOf,
    boolean provisional,
    String definitionHash,
    String currency,
    Terms terms,
    List<ServiceReport> services,
    List<ExclusionReport> exclusions,
    Credit.Total total) {

  public static final String FORMAT = "nines.dev/sla-report/2";

  /** The contract's rules for all services, in words. */
  public record Terms(
      String idle, String unmeasured, String excluded, String maintenance, String credits) {}

  /**
   * @param uptime by the contract's own measure; null where nothing was measured. Uncertain events
   *     count as good: it is an upper bound where there are any
   * @param uptimeAtLeast the same with every uncertain event bad: the lower bound
   * @param goodEvents that are surely good
   * @param uncertainEvents that lie in the histogram bucket which contains the threshold
   * @param missingEvents bad ones of {@code totalEvents} that were expected and did not come
   * @param coverage share of the minutes in which anything of the SLO was heard, in percent
   * @param outagesOmitted outages that are not listed, the list is full
   */
  public record ServiceReport(
      String name,
      String slo,
      String group,
      String measure,
      String rule,
      BigDecimal promised,
      List<Contract.Tier> tiers,
      @Nullable BigDecimal uptime,
      @Nullable BigDecimal uptimeAtLeast,
      BigDecimal creditPercent,
      BigDecimal fee,
      BigDecimal credit,
      MinuteCounts minutes,
      long goodEvents,
      long uncertainEvents,
      long totalEvents,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) long missingEvents,
      BigDecimal coverage,
      List<Definition> definitions,
      List<Outage> outages,
      int outagesOmitted,
      List<Day> days) {}

  /** How many minutes were what. */
  public record MinuteCounts(int all, int up, int down, int idle, int unmeasured, int excluded) {}

  /**
   * The same time by another definition.
   *
   * @param excluded {@code removed}, {@code good}, or {@code counted} as if there was no exclusion
   * @param contractual this is what the contract says
   */
  public record Definition(
      String measure,
      String excluded,
      boolean contractual,
      @Nullable BigDecimal uptime,
      BigDecimal creditPercent,
      BigDecimal credit) {}

  /**
   * A run of minutes that were down.
   *
   * @param badEvents that surely failed
   */
  public record Outage(Instant from, Instant to, int minutes, long badEvents, long totalEvents) {}

  /**
   * One day in the contract's zone.
   *
   * @param badEvents that surely failed
   */
  public record Day(LocalDate date, MinuteCounts minutes, long badEvents, long totalEvents) {}

  /**
   * @param minutes left out, over all services
   */
  public record ExclusionReport(
      String id,
      String kind,
      Instant from,
      Instant to,
      Instant announcedAt,
      String reason,
      int minutes,
      List<Rulings.Ruling> rulings) {}
}
