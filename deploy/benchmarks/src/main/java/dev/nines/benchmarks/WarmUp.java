// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

/**
 * Steps of load before the first run that counts. A JVM gets better for as long as it compiles, and
 * how long that is in seconds depends on what else the machine does.
 */
public final class WarmUp {

  /** A compiler with a queue looks settled between two of its results. */
  private static final double SECONDS_MIN = 120;

  private static final double SECONDS_MAX = 300;

  /** A step that is less than this much better than the best before it is no better. */
  private static final double BETTER = 1.05;

  private static final int NO_BETTER = 3;

  private double best;
  private double seconds;
  private int noBetter;

  /**
   * @param figure of one step; higher is better
   */
  public void add(double figure, double stepSeconds) {
    seconds += stepSeconds;
    noBetter = figure < BETTER * best ? noBetter + 1 : 0;
    best = Math.max(best, figure);
  }

  public boolean over() {
    return seconds >= SECONDS_MAX || (seconds >= SECONDS_MIN && noBetter >= NO_BETTER);
  }
}
