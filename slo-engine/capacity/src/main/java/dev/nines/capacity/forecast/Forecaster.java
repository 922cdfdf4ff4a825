// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.forecast;

import static dev.nines.capacity.forecast.ProfileTimesLevel.WEEK;

import dev.nines.capacity.forecast.Forecast.Accuracy;
import dev.nines.capacity.forecast.Forecast.Fitted;
import dev.nines.capacity.forecast.Forecast.Hour;
import dev.nines.capacity.forecast.Forecast.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Forecasts an hourly series, or says why it does not. */
public final class Forecaster {

  /** Hours of history that are used. */
  public static final int HISTORY_HOURS = (ProfileTimesLevel.WEEKS_MAX + Backtest.WEEKS_MAX) * WEEK;

  public static final int HORIZON_HOURS_MAX = 4 * WEEK;

  private static final int HOURS_LEAST =
      (ProfileTimesLevel.WEEKS_LEAST + Backtest.WEEKS_LEAST) * WEEK;

  /** Above it, the demand is driven by something that is not in its history. */
  private static final double LAST_WEEK_WAPE_MAX = 0.3;

  private static final double GAPS_MAX = 0.2;

  private static final String MODEL =
      "profile of the week x level x damped weekly trend; medians of up to %d weeks"
          .formatted(ProfileTimesLevel.WEEKS_MAX);

  private Forecaster() {}

  /**
   * @param history as much as there is; the last {@link #HISTORY_HOURS} are used
   * @param hours to forecast; factors must reach that far
   */
  public static Forecast of(HourlySeries history, int hours) {
    HourlySeries series = history.measured();
    int known = series.values().length;
    if (known < HOURS_LEAST) {
      return new Refused(
          "too-little-history",
          "%s of demand are stored; %s are needed".formatted(days(known), days(HOURS_LEAST)));
    }
    long unmeasured = Arrays.stream(series.values()).filter(Double::isNaN).count();
    if (unmeasured > known * GAPS_MAX) {
      return new Refused(
          "gaps",
          "%s of %s were not measured; at most %d %% may be"
              .formatted(days((int) unmeasured), days(known), Math.round(GAPS_MAX * 100)));
    }
    Optional<ProfileTimesLevel> model = ProfileTimesLevel.fit(series.usual(), known);
    Backtest test = Backtest.run(series);
    if (model.isEmpty() || test.weeks() < Backtest.WEEKS_LEAST || test.judgedHours() == 0) {
      return new Refused("idle", "most hours of most weeks had no demand at all");
    }
    if (!(test.lastWeekWape() <= LAST_WEEK_WAPE_MAX)) {
      return new Refused("last-week-error", missed(test));
    }
    return fitted(series, model.get(), test, hours);
  }

  private static String missed(Backtest test) {
    return Double.isNaN(test.lastWeekWape())
        ? "nothing came in during the last week"
        : "the last week was missed by %d %% of its demand (WAPE), above %d %%: something drives it that the weeks before did not have; declare events"
            .formatted(Math.round(test.lastWeekWape() * 100), Math.round(LAST_WEEK_WAPE_MAX * 100));
  }

  private static Fitted fitted(
      HourlySeries series, ProfileTimesLevel model, Backtest test, int hours) {
    int known = series.values().length;
    int trained = Math.min(ProfileTimesLevel.WEEKS_MAX, known / WEEK) * WEEK;
    List<Hour> ahead = new ArrayList<>();
    for (int h = 0; h < hours; h++) {
      double factor = series.factors()[known + h];
      double line = model.at(h) * factor;
      ahead.add(
          new Hour(
              series.at(known + h),
              line * Math.min(1, test.lowerRatio()),
              line,
              line * Math.max(1, test.upperRatio()),
              factor));
    }
    return new Fitted(
        MODEL,
        series.at(known - trained),
        series.at(known),
        model.trend(),
        new Accuracy(
            test.weeks(),
            test.wape(),
            test.lastWeekWape(),
            test.judgedHours(),
            test.within(),
            test.belowUpper()),
        series.gaps(),
        ahead);
  }

  private static String days(int hours) {
    return hours % 24 == 0
        ? hours / 24 + " days"
        : "%d days and %d hours".formatted(hours / 24, hours % 24);
  }
}
