// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.Sums;
import java.nio.ByteBuffer;

/**
 * A minute of vanished traffic.
 *
 * @param expected events expected in it when it was judged; stays
 * @param counted events that came, however late
 */
record MissingMinute(long expected, long counted) {

  static MissingMinute read(byte[] stored) {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    return new MissingMinute(buffer.getLong(), buffer.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(expected).putLong(counted).array();
  }

  /** Expected events that did not come; more than are expected leave nothing to be missed. */
  long missing() {
    return Math.max(0, Sums.difference(expected, counted));
  }

  MissingMinute with(long events) {
    return new MissingMinute(expected, Sums.capped(counted, events));
  }
}
