// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import java.util.List;

/**
 * Five minutes of one scope against what is expected in them. Integers alone decide.
 *
 * @param toSeconds end of the five minutes, epoch seconds
 * @param counted events in them
 * @param expected events expected in them, of unmeasured regions too
 * @param expectedUnmeasured the part of the regions that were not measured throughout
 * @param known something says what is usual
 * @param usualLull at this time of the day there never is much
 * @param unmeasured regions that were not measured throughout; one that left is not among them
 * @param blind those of them that were not measured at all
 */
record Traffic(
    long toSeconds,
    long counted,
    long expected,
    long expectedUnmeasured,
    boolean known,
    boolean usualLull,
    List<String> unmeasured,
    List<String> blind) {

  /** Fewer are too few to judge by. */
  static final long EXPECTED_MIN = 100;

  private static final long VANISHED_BELOW_ONE_IN = 5;
  private static final long BACK_FROM_ONE_IN = 2;

  /**
   * Under 20 % of what is expected. Unmeasured regions may have had all that was expected of them,
   * so that silence alone never vanishes.
   */
  boolean vanished() {
    return known
        && !usualLull
        && expected - expectedUnmeasured >= EXPECTED_MIN
        && low(counted + expectedUnmeasured, expected);
  }

  Traffic ofUsualLull() {
    return new Traffic(
        toSeconds, counted, expected, expectedUnmeasured, known, true, unmeasured, blind);
  }

  /**
   * Half of what is expected is there, whatever the unmeasured regions had. Nothing is not back,
   * also at an hour at which nothing is expected.
   */
  boolean back() {
    return counted > 0 && counted >= Math.ceilDiv(expected, BACK_FROM_ONE_IN);
  }

  /** Under 20 %, also of an expectation whose fivefold is no number. */
  static boolean low(long counted, long expected) {
    return counted < Math.ceilDiv(expected, VANISHED_BELOW_ONE_IN);
  }
}
