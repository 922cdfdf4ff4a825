// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireWriter;

/**
 * Counts of neighbouring buckets.
 *
 * @param first index of the first, as Prometheus counts them
 */
record Buckets(int first, long[] counts) {

  static final Buckets NONE = new Buckets(0, new long[0]);

  boolean isEmpty() {
    return counts.length == 0;
  }

  int last() {
    return first + counts.length - 1;
  }

  /** 0 for a bucket that is not there. */
  long at(int index) {
    return index < first || index > last() ? 0 : counts[index - first];
  }

  /** Each count is at most 2^53, and there are few thousand: no sum is over 2^63. */
  long total() {
    long sum = 0;
    for (long count : counts) {
      sum = Math.addExact(sum, count);
    }
    return sum;
  }

  /** OTLP {@code Buckets}, whose index is one less for the same bucket. */
  WireWriter otlp() {
    WireWriter buckets = new WireWriter();
    if (isEmpty()) {
      return buckets;
    }
    buckets.varint(1, zigzag(first - 1));
    int start = buckets.open(2);
    for (long count : counts) {
      buckets.rawVarint(count);
    }
    buckets.close(start);
    return buckets;
  }

  static long zigzag(int value) {
    return Integer.toUnsignedLong((value << 1) ^ (value >> 31));
  }
}
