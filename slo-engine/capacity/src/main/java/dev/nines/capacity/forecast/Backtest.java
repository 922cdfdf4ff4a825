// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.forecast;

import static dev.nines.capacity.forecast.ProfileTimesLevel.WEEK;

import java.util.Arrays;
import java.util.Optional;

/** Forecasts weeks that are over from what was known before each, and compares. */
final class Backtest {

  static final int WEEKS_MAX = 4;

  /** The first sets the bounds, the next judges them. */
  static final int WEEKS_LEAST = 2;

  private static final double MISS = 0.1;

  private final HourlySeries series;
  private final double[] usual;
  private final AdaptiveBound lower = new AdaptiveBound(false, MISS);
  private final AdaptiveBound upper = new AdaptiveBound(true, MISS);
  private double error;
  private double sum;
  private double lastWeek = Double.NaN;
  private int weeks;

  private Backtest(HourlySeries series) {
    this.series = series;
    this.usual = series.usual();
  }

  static Backtest run(HourlySeries series) {
    Backtest test = new Backtest(series);
    int all = series.values().length / WEEK;
    int held = Math.min(WEEKS_MAX, all - ProfileTimesLevel.WEEKS_LEAST);
    for (int back = held; back >= 1; back--) {
      test.week(series.values().length - back * WEEK);
    }
    return test;
  }

  private void week(int origin) {
    Optional<ProfileTimesLevel> model = ProfileTimesLevel.fit(usual, origin);
    if (model.isEmpty()) {
      return;
    }
    double[] ratios = new double[WEEK];
    int measured = 0;
    double weekError = 0;
    double weekSum = 0;
    for (int h = 0; h < WEEK; h++) {
      double came = series.values()[origin + h];
      double told = model.get().at(h) * series.factors()[origin + h];
      if (!Double.isNaN(came)) {
        weekError += Math.abs(came - told);
        weekSum += came;
        if (told > 0) {
          ratios[measured++] = came / told;
        }
      }
    }
    lower.learn(Arrays.copyOf(ratios, measured));
    upper.learn(Arrays.copyOf(ratios, measured));
    error += weekError;
    sum += weekSum;
    lastWeek = weekSum == 0 ? Double.NaN : weekError / weekSum;
    weeks++;
  }

  int weeks() {
    return weeks;
  }

  /** Weighted absolute percentage error of all weeks: sum of misses by sum of what came. */
  double wape() {
    return error / sum;
  }

  /** The same of the last week; NaN when nothing came in it. */
  double lastWeekWape() {
    return lastWeek;
  }

  double lowerRatio() {
    return lower.ratio();
  }

  double upperRatio() {
    return upper.ratio();
  }

  int judgedHours() {
    return upper.judged();
  }

  /** Share of the judged hours not above their upper bound; nominal 0.9. */
  double belowUpper() {
    return 1 - (double) upper.missed() / upper.judged();
  }

  /** Share of the judged hours within both bounds; nominal 0.8. */
  double within() {
    return 1 - (double) (upper.missed() + lower.missed()) / upper.judged();
  }
}
