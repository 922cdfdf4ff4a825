// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.forecast;

import java.util.Arrays;
import java.util.Optional;

/**
 * {@code y(h) = level(week of h) x profile(hour of week)}. The level of a week is its median, and
 * the profile of an hour is the median over the weeks of its share of the level, so that a gap or
 * an outage of a few hours changes neither. Weeks end where the history ends; a growth within the
 * week is in the profile, so the level moves by whole weeks.
 */
final class ProfileTimesLevel {

  static final int WEEK = 168;
  static final int DAY = 24;

  /** Weeks that are learned from. */
  static final int WEEKS_MAX = 8;

  static final int WEEKS_LEAST = 3;

  /** A trend from fewer would be noise. */
  private static final int TREND_WEEKS_LEAST = 4;

  /** How much of a week's growth is expected of the next; trends do not last. */
  private static final double DAMPING = 0.8;

  private final double[] profile;
  private final double level;
  private final double weeklyTrend;

  private ProfileTimesLevel(double[] profile, double level, double weeklyTrend) {
    this.profile = profile;
    this.level = level;
    this.weeklyTrend = weeklyTrend;
  }

  /**
   * Empty when fewer than {@link #WEEKS_LEAST} weeks before {@code end} have a level above 0.
   *
   * @param values hours; NaN where nothing was measured
   */
  static Optional<ProfileTimesLevel> fit(double[] values, int end) {
    int weeks = Math.min(WEEKS_MAX, end / WEEK);
    double[] levels = new double[weeks];
    int known = 0;
    for (int w = 0; w < weeks; w++) {
      levels[w] = level(values, end - (weeks - w) * WEEK);
      known += Double.isNaN(levels[w]) ? 0 : 1;
    }
    if (known < WEEKS_LEAST) {
      return Optional.empty();
    }
    double trend = known < TREND_WEEKS_LEAST ? 0 : Robust.slope(levels);
    return Optional.of(
        new ProfileTimesLevel(profile(values, end, levels), current(levels, trend), trend));
  }

  /** NaN when less than half of the week was measured, or most of it was idle. */
  private static double level(double[] values, int begin) {
    double[] week = Arrays.copyOfRange(values, begin, begin + WEEK);
    long measured = Arrays.stream(week).filter(value -> !Double.isNaN(value)).count();
    double median = Robust.median(week);
    return measured < WEEK / 2 || median == 0 ? Double.NaN : median;
  }

  /** The median of the last two weeks with a level, each moved by the trend to the last week. */
  private static double current(double[] levels, double trend) {
    double[] last = new double[2];
    Arrays.fill(last, Double.NaN);
    int found = 0;
    for (int w = levels.length - 1; w >= 0 && found < last.length; w--) {
      if (!Double.isNaN(levels[w])) {
        last[found++] = levels[w] + trend * (levels.length - 1 - w);
      }
    }
    return Robust.median(last);
  }

  /** An hour without any value gets that of the same hour on the other days. */
  private static double[] profile(double[] values, int end, double[] levels) {
    double[] profile = new double[WEEK];
    for (int k = 0; k < WEEK; k++) {
      double[] shares = new double[levels.length];
      for (int w = 0; w < levels.length; w++) {
        shares[w] = values[end - (levels.length - w) * WEEK + k] / levels[w];
      }
      profile[k] = Robust.median(shares);
    }
    double[] whole = profile.clone();
    for (int k = 0; k < WEEK; k++) {
      if (Double.isNaN(profile[k])) {
        double[] days = new double[WEEK / DAY];
        for (int d = 0; d < days.length; d++) {
          days[d] = profile[(k + d * DAY) % WEEK];
        }
        double median = Robust.median(days);
        whole[k] = Double.isNaN(median) ? 1 : median;
      }
    }
    return whole;
  }

  /**
   * @param ahead 0 is the first hour after the history
   */
  double at(int ahead) {
    double grown = 0;
    double damped = 1;
    for (int week = 0; week <= ahead / WEEK; week++) {
      damped *= DAMPING;
      grown += damped;
    }
    return Math.max(0, level + weeklyTrend * grown) * profile[ahead % WEEK];
  }

  /** Growth of a week as a share of the level. */
  double trend() {
    return weeklyTrend / level;
  }
}
