// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.forecast;

import java.util.Arrays;

/** Statistics that a few wild hours do not move. */
final class Robust {

  private Robust() {}

  /** NaN without values; NaN among them is left out. */
  static double median(double[] values) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Theil-Sen: the median of the slopes between all pairs; NaN among {@code y} is left out. */
  static double slope(double[] y) {
    double[] slopes = new double[y.length * (y.length - 1) / 2];
    int pair = 0;
    for (int i = 0; i < y.length; i++) {
      for (int j = i + 1; j < y.length; j++) {
        slopes[pair++] = (y[j] - y[i]) / (j - i);
      }
    }
    return median(slopes);
  }
}
