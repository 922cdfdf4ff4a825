// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireReader;
import dev.nines.telemetry.WireWriter;
import java.util.Arrays;

/**
 * Buckets of one sign of one histogram: spans, and counts that are differences from one to the next
 * where they are integers. Of fixed size, and used again for the next histogram.
 */
final class Buckets {

  /** As many as extraction counts; those in the gaps of spans are among them. */
  static final int MAX = 1_000;

  /** 2^53: up to here every integer is a double. */
  private static final double EXACT_MAX = 9_007_199_254_740_992.0;

  private final int[] spanOffsets = new int[MAX];
  private final long[] spanLengths = new long[MAX];
  private final long[] deltas = new long[MAX];
  private final double[] counts = new double[MAX];
  private final long[] dense = new long[MAX];
  private int spans;
  private int deltaCount;
  private int countCount;
  private int size;

  void clear() {
    spans = 0;
    deltaCount = 0;
    countCount = 0;
    size = 0;
  }

  /** Its offset is from the end of the span before; of the first one, an index. */
  void span(WireReader wire) {
    int offset = 0;
    long length = 0;
    int outer = wire.enter("spans");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 8 -> offset = wire.sint32();
        case 16 -> length = wire.varint();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    if (spans < MAX) {
      spanOffsets[spans] = offset;
      spanLengths[spans] = length < 0 ? MAX + 1 : Math.min(length, MAX + 1);
    }
    spans++;
  }

  /** Packed. */
  void deltas(WireReader wire) {
    int outer = wire.enter("deltas");
    while (wire.more()) {
      delta(wire);
    }
    wire.leave(outer);
  }

  /** One by one, which protobuf allows too. */
  void delta(WireReader wire) {
    long raw = wire.varint();
    if (deltaCount < MAX) {
      deltas[deltaCount] = (raw >>> 1) ^ -(raw & 1);
    }
    deltaCount++;
  }

  void counts(WireReader wire) {
    int outer = wire.enter("counts");
    while (wire.more()) {
      count(wire);
    }
    wire.leave(outer);
  }

  void count(WireReader wire) {
    double value = wire.float64();
    if (countCount < MAX) {
      counts[countCount] = value;
    }
    countCount++;
  }

  /**
   * @return events in all buckets
   * @throws Invalid when spans and counts do not fit, or a count is no number of events
   */
  long resolve() {
    if (deltaCount > 0 && countCount > 0) {
      throw Invalid.histogram("buckets have both integer and float counts");
    }
    int given = Math.max(deltaCount, countCount);
    if (spans > MAX || given > MAX) {
      throw tooMany();
    }
    long described = 0;
    for (int i = 0; i < spans; i++) {
      described += spanLengths[i];
    }
    if (described != given) {
      throw Invalid.histogram(
          "spans describe " + described + " buckets, and " + given + " counts are there");
    }
    if (given > 0) {
      spread();
    }
    return total();
  }

  private void spread() {
    long at = 0;
    int next = 0;
    long before = 0;
    Arrays.fill(dense, 0);
    for (int i = 0; i < spans; i++) {
      at += i == 0 ? 0 : gap(i);
      for (long left = spanLengths[i]; left > 0; left--) {
        if (at >= MAX) {
          throw tooMany();
        }
        before = deltaCount > 0 ? sum(before, deltas[next]) : whole(counts[next]);
        next++;
        dense[(int) at++] = before;
        size = (int) at;
      }
    }
    if (first() <= Integer.MIN_VALUE + 1L || first() + (long) size > Integer.MAX_VALUE) {
      throw Invalid.histogram("buckets beyond 2^31");
    }
  }

  private int gap(int span) {
    if (spanOffsets[span] < 0) {
      throw Invalid.histogram("spans overlap");
    }
    return spanOffsets[span];
  }

  private long total() {
    long total = 0;
    for (int i = 0; i < size; i++) {
      total = sum(total, dense[i]);
    }
    return total;
  }

  /** Of numbers of events: neither below 0 nor over 2^63. */
  static long sum(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0 || sum < 0) {
      throw Invalid.histogram("counts below 0, or over 2^63");
    }
    return sum;
  }

  /** A number of events. */
  static long whole(double count) {
    if (!(count >= 0 && count <= EXACT_MAX && Math.rint(count) == count)) {
      throw Invalid.histogram("a histogram with " + count + " events is not stored");
    }
    return (long) count;
  }

  private static Invalid tooMany() {
    return Invalid.histogram("over " + MAX + " buckets");
  }

  /** Those in gaps are among them. */
  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Index of the first, as Prometheus counts them. */
  int first() {
    return spanOffsets[0];
  }

  int last() {
    return first() + size - 1;
  }

  /** 0 for a bucket that is not there. */
  long at(int index) {
    return isEmpty() || index < first() || index > last() ? 0 : dense[index - first()];
  }

  /** OTLP {@code Buckets}, whose index is one less for the same bucket. */
  void write(WireWriter out, int field) {
    int buckets = out.open(field);
    if (!isEmpty()) {
      out.varint(1, zigzag(first() - 1));
      int list = out.open(2);
      for (int i = 0; i < size; i++) {
        out.rawVarint(dense[i]);
      }
      out.close(list);
    }
    out.close(buckets);
  }

  static long zigzag(int value) {
    return Integer.toUnsignedLong((value << 1) ^ (value >> 31));
  }
}
