// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.forecast.Forecast;
import dev.nines.capacity.forecast.Forecast.Accuracy;
import dev.nines.capacity.forecast.Forecast.Fitted;
import dev.nines.capacity.forecast.Forecast.Hour;
import dev.nines.capacity.forecast.Forecast.Refused;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The hours to come of one service. Rates are requests per second.
 *
 * @param at when it was made; the first hour is the one that runs then
 */
public record ForecastAnswer(
    String service,
    Instant at,
    int horizonHours,
    String measure,
    List<RegionForecast> regions,
    List<String> assumptions) {

  /**
   * @param forecast absent exactly when {@code refusal} says why
   */
  public record RegionForecast(
      String region, @Nullable Fitted forecast, @Nullable Refused refusal) {}

  static ForecastAnswer of(
      String service,
      Instant at,
      int horizonHours,
      Measure measure,
      SortedMap<String, Forecast> forecasts) {
    return new ForecastAnswer(
        service,
        at,
        horizonHours,
        measure.word(),
        forecasts.entrySet().stream()
            .map(entry -> region(entry.getKey(), entry.getValue()))
            .toList(),
        Assumptions.ofForecast(measure));
  }

  private static RegionForecast region(String region, Forecast forecast) {
    return switch (forecast) {
      case Fitted fitted -> new RegionForecast(region, shown(fitted), null);
      case Refused refused -> new RegionForecast(region, null, refused);
    };
  }

  private static Fitted shown(Fitted fitted) {
    return new Fitted(
        fitted.model(),
        fitted.trainedFrom(),
        fitted.trainedTo(),
        Amount.shown(fitted.weeklyTrend()),
        shown(fitted.accuracy()),
        fitted.gaps(),
        fitted.hours().stream()
            .map(
                hour ->
                    new Hour(
                        hour.at(),
                        Amount.shown(hour.p10()),
                        Amount.shown(hour.p50()),
                        Amount.shown(hour.p90()),
                        hour.eventFactor()))
            .toList());
  }

  static Accuracy shown(Accuracy accuracy) {
    return new Accuracy(
        accuracy.backtestedWeeks(),
        Amount.shown(accuracy.wape()),
        Amount.shown(accuracy.lastWeekWape()),
        accuracy.judgedHours(),
        Amount.shown(accuracy.withinBand()),
        Amount.shown(accuracy.belowP90()));
  }
}
