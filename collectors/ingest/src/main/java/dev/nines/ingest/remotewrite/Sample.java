// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireReader;

/**
 * A value of a series.
 *
 * @param bits of the double, unchanged: a stale marker is one certain NaN
 * @param millis time, since 1970
 * @param startMillis when the counter began; 0 when the sender does not say
 */
record Sample(long bits, long millis, long startMillis) {

  private static final long STALE = 0x7ff0000000000002L;

  /** The open message of a sample; both versions have the first two fields. */
  static Sample read(WireReader wire) {
    long bits = 0;
    long millis = 0;
    long start = 0;
    int outer = wire.enter("samples");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 9 -> bits = wire.fixed64();
        case 16 -> millis = wire.varint();
        case 24 -> start = wire.varint();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    return new Sample(bits, millis, start);
  }

  /** Older senders say it of the whole series. */
  Sample since(long createdMillis) {
    return startMillis == 0 ? new Sample(bits, millis, createdMillis) : this;
  }

  /** The series is known to have ended. */
  boolean stale() {
    return isStale(bits);
  }

  static boolean isStale(long bits) {
    return bits == STALE;
  }
}
