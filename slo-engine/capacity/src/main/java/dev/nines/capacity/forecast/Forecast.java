// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.forecast;

import java.time.Instant;
import java.util.List;

/** What is said of the hours to come. */
public sealed interface Forecast {

  /**
   * @param model what was fitted, in words
   * @param trainedFrom first hour that was learned from; {@code trainedTo} is the end of the last
   * @param weeklyTrend growth of the last weeks as a share of the level; it is damped ahead
   * @param gaps of the history: their hours were left out, which fills them with the median of the
   *     other weeks
   */
  record Fitted(
      String model,
      Instant trainedFrom,
      Instant trainedTo,
      double weeklyTrend,
      Accuracy accuracy,
      List<HourlySeries.Gap> gaps,
      List<Hour> hours)
      implements Forecast {}

  /**
   * How well weeks that are over were forecast from those before them, one week ahead.
   *
   * @param wape sum of the misses by the sum of what came
   * @param withinBand share of {@code judgedHours} between p10 and p90; nominal 0.8
   * @param belowP90 share not above p90; nominal 0.9
   */
  record Accuracy(
      int backtestedWeeks,
      double wape,
      double lastWeekWape,
      int judgedHours,
      double withinBand,
      double belowP90) {}

  /**
   * @param p50 the model's own line
   * @param eventFactor of declared events; in all three
   */
  record Hour(Instant at, double p10, double p50, double p90, double eventFactor) {}

  /**
   * Outside the model.
   *
   * @param rule {@code too-little-history}, {@code gaps}, {@code idle} or {@code last-week-error}
   */
  record Refused(String rule, String reason) implements Forecast {}
}
