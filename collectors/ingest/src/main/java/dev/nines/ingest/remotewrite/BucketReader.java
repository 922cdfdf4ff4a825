// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Spans of buckets with their counts: differences from one to the next where they are integers,
 * else the counts. A float histogram whose counts are all whole is one of events as well.
 */
final class BucketReader {

  /** As many as extraction counts; those in the gaps of spans are among them. */
  private static final int BUCKETS_MAX = 1_000;

  /** 2^53: up to here every integer is a double. */
  private static final double EXACT_MAX = 9_007_199_254_740_992.0;

  private final List<Span> spans = new ArrayList<>();
  private final List<Long> deltas = new ArrayList<>();
  private final List<Double> counts = new ArrayList<>();

  /**
   * @param offset from the end of the span before; of the first one, index of its first bucket
   */
  private record Span(int offset, int length) {}

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
    spans.add(new Span(offset, Math.clamp(length, 0, BUCKETS_MAX + 1)));
  }

  /** Packed or one by one, as protobuf allows. */
  void deltas(WireReader wire, int tag) {
    if ((tag & 7) == 0) {
      deltas.add(unzigzag(wire.varint()));
      return;
    }
    int outer = wire.enter("deltas");
    while (wire.more()) {
      deltas.add(unzigzag(wire.varint()));
    }
    wire.leave(outer);
  }

  void counts(WireReader wire, int tag) {
    doubles(wire, tag, counts);
  }

  static void doubles(WireReader wire, int tag, List<Double> into) {
    if ((tag & 7) == 1) {
      into.add(wire.float64());
      return;
    }
    int outer = wire.enter("doubles");
    while (wire.more()) {
      into.add(wire.float64());
    }
    wire.leave(outer);
  }

  /**
   * @throws Invalid when spans and counts do not fit, or a count is no number of events
   */
  Buckets buckets() {
    long[] all = counts.isEmpty() ? summed() : counts.stream().mapToLong(c -> whole(c)).toArray();
    int described = spans.stream().mapToInt(Span::length).reduce(0, BucketReader::bounded);
    if (described != all.length) {
      throw new Invalid(
          "spans describe " + described + " buckets, and " + all.length + " counts are there");
    }
    return all.length == 0 ? Buckets.NONE : spread(all);
  }

  /** A number of events. */
  static long whole(double count) {
    if (!(count >= 0 && count <= EXACT_MAX && Math.rint(count) == count)) {
      throw new Invalid("a histogram with " + count + " events is not stored");
    }
    return (long) count;
  }

  private long[] summed() {
    long[] all = new long[deltas.size()];
    long count = 0;
    for (int i = 0; i < all.length; i++) {
      count += deltas.get(i);
      all[i] = whole(count);
    }
    return all;
  }

  private Buckets spread(long[] all) {
    long first = spans.getFirst().offset();
    long index = first;
    List<Long> spread = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (i > 0 && span.offset() < 0) {
        throw new Invalid("spans overlap");
      }
      for (int gap = 0; i > 0 && gap < span.offset() && next < all.length; gap++, index++) {
        add(spread, 0);
      }
      for (int j = 0; j < span.length(); j++, index++) {
        add(spread, all[next++]);
      }
    }
    if (first <= Integer.MIN_VALUE + 1L || index > Integer.MAX_VALUE) {
      throw new Invalid("buckets beyond 2^31");
    }
    return new Buckets((int) first, spread.stream().mapToLong(c -> c).toArray());
  }

  private static void add(List<Long> spread, long count) {
    if (spread.size() == BUCKETS_MAX) {
      throw new Invalid("over " + BUCKETS_MAX + " buckets");
    }
    spread.add(count);
  }

  private static int bounded(int a, int b) {
    return Math.min(a + b, Integer.MAX_VALUE / 2);
  }

  private static long unzigzag(long raw) {
    return (raw >>> 1) ^ -(raw & 1);
  }
}
