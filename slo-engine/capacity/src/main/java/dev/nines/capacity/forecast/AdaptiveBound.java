// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.forecast;

import java.util.Arrays;

/**
 * A bound on the ratio of what came to what was forecast, by split conformal prediction: the
 * quantile of the ratios of weeks held back. Demand changes, so that a fixed quantile covers less
 * than it says; here the rate of misses moves the quantile (Gibbs and Candès, 2021). What was
 * really covered is measured on each week with the bound as it was before that week.
 */
final class AdaptiveBound {

  private static final double STEP = 0.005;
  private static final double MISS_LEAST = 0.001;
  private static final double MISS_MOST = 0.5;

  /** Equal but for the rounding of floats is not beyond. */
  private static final double TOLERANCE = 1e-9;

  private final boolean upper;
  private final double nominalMiss;
  private double miss;
  private double[] sorted = {};
  private int judged;
  private int missed;

  /**
   * @param nominalMiss share of the hours that may be beyond it
   */
  AdaptiveBound(boolean upper, double nominalMiss) {
    this.upper = upper;
    this.nominalMiss = nominalMiss;
    this.miss = nominalMiss;
  }

  /**
   * A week passes.
   *
   * @param ratios of its hours, by time
   */
  void learn(double[] ratios) {
    if (sorted.length > 0) {
      double bound = ratio();
      for (double ratio : ratios) {
        boolean beyond = upper ? ratio > bound * (1 + TOLERANCE) : ratio < bound * (1 - TOLERANCE);
        judged++;
        missed += beyond ? 1 : 0;
        miss = Math.clamp(miss + STEP * (nominalMiss - (beyond ? 1 : 0)), MISS_LEAST, MISS_MOST);
      }
    }
    double[] all = Arrays.copyOf(sorted, sorted.length + ratios.length);
    System.arraycopy(ratios, 0, all, sorted.length, ratios.length);
    Arrays.sort(all);
    sorted = all;
  }

  /** The bound that holds now; 1 before anything was learned. */
  double ratio() {
    int count = sorted.length;
    if (count == 0) {
      return 1;
    }
    int rank =
        upper ? (int) Math.ceil((count + 1) * (1 - miss)) : (int) Math.floor((count + 1) * miss);
    return sorted[Math.clamp(rank - 1, 0, count - 1)];
  }

  int judged() {
    return judged;
  }

  int missed() {
    return missed;
  }
}
