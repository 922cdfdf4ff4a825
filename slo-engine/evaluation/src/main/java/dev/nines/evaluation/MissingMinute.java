// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.Sums;
import java.nio.ByteBuffer;

/**
 * A minute of vanished traffic.
 *
 * @param expectedInFive events expected in five minutes when it was judged; stays
 * @param expected its part of them
 * @param counted events that came, however late
 */
record MissingMinute(long expectedInFive, long expected, long counted) {

  private static final int FIVE = 5;
  private static final int SECONDS = 60;

  /**
   * Any five minutes in a row have all that is expected in them.
   *
   * @param start epoch seconds
   */
  static MissingMinute of(long start, long expectedInFive, long counted) {
    long place = Math.floorMod(Math.floorDiv(start, SECONDS), FIVE);
    long rest = expectedInFive % FIVE;
    long share = expectedInFive / FIVE + rest * (place + 1) / FIVE - rest * place / FIVE;
    return new MissingMinute(expectedInFive, share, counted);
  }

  static MissingMinute read(byte[] stored) {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    return new MissingMinute(buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(3 * Long.BYTES)
        .putLong(expectedInFive)
        .putLong(expected)
        .putLong(counted)
        .array();
  }

  /** Expected events that did not come; more than are expected leave nothing to be missed. */
  long missing() {
    return Math.max(0, Sums.difference(expected, counted));
  }

  MissingMinute with(long events) {
    return new MissingMinute(expectedInFive, expected, Sums.capped(counted, events));
  }
}
