// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.budget;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Many courses that the budget may take: each day to come is one of the last 28 days, drawn at
 * random and taken whole, so that the hours of a day and the length of an outage stay together.
 * What is spent is where all of them begin; of a rolling period they lose what leaves it. The same
 * history gives the same courses.
 */
final class Scenarios {

  /** Days that are drawn from. */
  static final int DAYS_MAX = 28;

  static final int DAYS_LEAST = 7;
  static final int COUNT = 1_000;

  private static final int NEVER = Integer.MAX_VALUE;

  private final double budget;
  private final double[][] spent;
  private final int[] exhausted = new int[COUNT];

  /**
   * @param budget 1 - target
   * @param at hours ahead at which the share that is spent is kept, ascending, at most {@code
   *     window.ahead}
   */
  Scenarios(SpentHours history, BudgetWindow window, double budget, int... at) {
    this.budget = budget;
    this.spent = new double[at.length][COUNT];
    int days = Math.min(DAYS_MAX, history.days());
    long[] bad = SpentHours.sums(history.bad());
    long[] total = SpentHours.sums(history.total());
    SplittableRandom random = new SplittableRandom(COUNT);
    for (int i = 0; i < COUNT; i++) {
      play(i, history, window, days, bad, total, random, at);
    }
    Arrays.sort(exhausted);
    for (double[] each : spent) {
      Arrays.sort(each);
    }
  }

  private void play(
      int scenario,
      SpentHours history,
      BudgetWindow window,
      int days,
      long[] bad,
      long[] total,
      SplittableRandom random,
      int... at) {
    int known = history.hours();
    long badAhead = 0;
    long totalAhead = 0;
    int day = 0;
    int kept = 0;
    exhausted[scenario] = NEVER;
    for (int hour = 0; hour < window.ahead(); hour++) {
      if (hour % SpentHours.DAY == 0) {
        day = history.over() - SpentHours.DAY * (1 + random.nextInt(days));
      }
      int drawn = day + hour % SpentHours.DAY;
      badAhead += history.bad()[drawn];
      totalAhead += history.total()[drawn];
      int first = window.first(known, hour + 1);
      double share =
          share(bad[known] - bad[first] + badAhead, total[known] - total[first] + totalAhead);
      if (share >= 1 && exhausted[scenario] == NEVER) {
        exhausted[scenario] = hour + 1;
      }
      if (kept < at.length && at[kept] == hour + 1) {
        spent[kept++][scenario] = share;
      }
    }
  }

  private double share(long bad, long total) {
    return total <= 0 ? 0 : bad / (budget * total);
  }

  /** What is spent of the budget at the kept instant {@code i}: a share of scenarios is below. */
  double spent(int i, double quantile) {
    return spent[i][rank(quantile)];
  }

  /** Hours until it is spent, with so many of the scenarios earlier; -1 where that is never. */
  int exhausted(double quantile) {
    int hours = exhausted[rank(quantile)];
    return hours == NEVER ? -1 : hours;
  }

  /** Share of the scenarios that spend all of it before the period ends. */
  double probability() {
    return Arrays.stream(exhausted).filter(hours -> hours != NEVER).count() / (double) COUNT;
  }

  private static int rank(double quantile) {
    return Math.min(COUNT - 1, (int) (quantile * COUNT));
  }
}
