// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

/**
 * Steps of load before the first run that counts. A JVM gets better for as long as it compiles, and
 * how long that is in seconds depends on what else the machine does.
 */
public final class WarmUp {

  /** A compiler with a queue looks settled between two of its results. */
  private static final int STEPS_MIN = 4;

  private static final int STEPS_MAX = 10;

  /** A step that is less than this much better than the best before it is the last. */
  private static final double STILL_BETTER = 1.05;

  private double best;
  private int steps;
  private boolean settled;

  /**
   * @param figure of one step; higher is better
   */
  public void add(double figure) {
    steps++;
    settled = steps >= STEPS_MIN && figure < STILL_BETTER * best;
    best = Math.max(best, figure);
  }

  public boolean over() {
    return settled || steps == STEPS_MAX;
  }
}
