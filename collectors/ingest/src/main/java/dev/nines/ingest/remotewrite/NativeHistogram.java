// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireReader;
import dev.nines.telemetry.WireWriter;

/**
 * A native histogram of events: exponential buckets, or the bounds of a classic one. OTLP has the
 * first as {@code ExponentialHistogramDataPoint}, whose bucket i ends where the bucket i + 1 of
 * Prometheus does, and the second as {@code HistogramDataPoint}. Of fixed size, and used again for
 * the next histogram.
 */
final class NativeHistogram {

  private static final int CUSTOM = -53;
  private static final int SCHEMA_MIN = -4;
  private static final int SCHEMA_MAX = 8;
  private static final int GAUGE = 3;
  private static final Invalid WITHOUT_TIME = Times.without("a histogram");

  private final Buckets negative = new Buckets();
  private final Buckets positive = new Buckets();
  private final double[] custom = new double[Buckets.MAX];
  private int customs;
  private long intCount;
  private double floatCount;
  private long intZero;
  private double floatZero;
  private long sumBits;
  private double zeroThreshold;
  private int schema;
  private int hint;
  private long millis;
  private long startMillis;
  private long zero;
  private long inBuckets;

  /**
   * The open message of a histogram; the cursor is behind it, also when a rule is broken.
   *
   * @throws Invalid when it is none that can be stored
   */
  void read(WireReader wire) {
    clear();
    int outer = wire.enter("histograms");
    while (wire.more()) {
      read(wire, wire.tag());
    }
    wire.leave(outer);
    if (!stale()) {
      check();
    }
  }

  private void clear() {
    negative.clear();
    positive.clear();
    customs = 0;
    intCount = 0;
    floatCount = 0;
    intZero = 0;
    floatZero = 0;
    sumBits = 0;
    zeroThreshold = 0;
    schema = 0;
    hint = 0;
    millis = 0;
    startMillis = 0;
  }

  private void read(WireReader wire, int tag) {
    switch (tag) {
      case 8 -> count(wire.varint(), 0);
      case 17 -> count(0, wire.float64());
      case 25 -> sumBits = wire.fixed64();
      case 32 -> schema = wire.sint32();
      case 41 -> zeroThreshold = wire.float64();
      case 48 -> zero(wire.varint(), 0);
      case 57 -> zero(0, wire.float64());
      case 66 -> negative.span(wire);
      case 72 -> negative.delta(wire);
      case 74 -> negative.deltas(wire);
      case 81 -> negative.count(wire);
      case 82 -> negative.counts(wire);
      case 90 -> positive.span(wire);
      case 96 -> positive.delta(wire);
      case 98 -> positive.deltas(wire);
      case 105 -> positive.count(wire);
      case 106 -> positive.counts(wire);
      case 112 -> hint = (int) wire.varint();
      case 120 -> millis = wire.varint();
      case 129 -> custom(wire);
      case 130 -> customs(wire);
      case 136 -> startMillis = wire.varint();
      default -> wire.skip(tag);
    }
  }

  /** Of the two ways to say it, the last one counts. */
  private void count(long integer, double floating) {
    intCount = integer;
    floatCount = floating;
  }

  private void zero(long integer, double floating) {
    intZero = integer;
    floatZero = floating;
  }

  private void customs(WireReader wire) {
    int outer = wire.enter("custom_values");
    while (wire.more()) {
      custom(wire);
    }
    wire.leave(outer);
  }

  private void custom(WireReader wire) {
    double bound = wire.float64();
    if (customs < custom.length) {
      custom[customs] = bound;
    }
    customs++;
  }

  /** The end of a series: of custom buckets too it comes with schema 0. */
  boolean stale() {
    return OtlpMetrics.isStale(sumBits);
  }

  Type type() {
    return ofSchema(schema);
  }

  /** What the open message of a histogram is; nothing else of it is looked at. */
  static Type typeOf(WireReader wire) {
    int schema = 0;
    int outer = wire.enter("histograms");
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 32) {
        schema = wire.sint32();
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
    return ofSchema(schema);
  }

  private static Type ofSchema(int schema) {
    return schema == CUSTOM ? Type.EXPLICIT_HISTOGRAM : Type.EXPONENTIAL_HISTOGRAM;
  }

  long timeNanos() {
    return Times.nanos(millis, WITHOUT_TIME);
  }

  private void check() {
    require(hint != GAUGE, "a histogram that is a gauge is not stored");
    if (schema != CUSTOM && (schema < SCHEMA_MIN || schema > SCHEMA_MAX)) {
      throw Invalid.histogram("schema " + schema + " is neither -53 nor of -4 to 8");
    }
    zero = Buckets.sum(intZero, Buckets.whole(floatZero));
    long count = Buckets.sum(intCount, Buckets.whole(floatCount));
    inBuckets = Buckets.sum(Buckets.sum(zero, negative.resolve()), positive.resolve());
    require(negative.size() + positive.size() <= Buckets.MAX, "over " + Buckets.MAX + " buckets");
    require(
        Double.isFinite(zeroThreshold) && zeroThreshold >= 0,
        "zero_threshold is no number from 0 on");
    if (schema == CUSTOM) {
      checkCustom();
    }
    boolean someInNone = Double.isNaN(Double.longBitsToDouble(sumBits)) && inBuckets < count;
    if (inBuckets != count && !someInNone) {
      throw Invalid.histogram("count is " + count + ", and its buckets hold " + inBuckets);
    }
  }

  private void checkCustom() {
    require(customs < Buckets.MAX, "over " + (Buckets.MAX - 1) + " custom_values");
    for (int i = 0; i < customs; i++) {
      require(
          Double.isFinite(custom[i]) && (i == 0 || custom[i] > custom[i - 1]),
          "custom_values are no rising numbers");
    }
    require(
        negative.isEmpty() && zero == 0, "custom buckets have no zero bucket and no negative ones");
    require(
        positive.isEmpty() || (positive.first() >= 0 && positive.last() <= customs),
        "a bucket beyond custom_values");
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw Invalid.histogram(rule);
    }
  }

  /** The fields of the data point but its attributes; no value where it is stale. */
  void write(WireWriter out, long timeNanos, long createdMillis) {
    long start = Times.startNanos(startMillis, createdMillis);
    if (start != 0) {
      out.fixed64(2, start);
    }
    out.fixed64(3, timeNanos);
    if (stale()) {
      out.varint(type().flags, OtlpMetrics.NO_RECORDED_VALUE);
      return;
    }
    out.fixed64(4, inBuckets).fixed64(5, sumBits);
    if (schema == CUSTOM) {
      writeExplicit(out);
    } else {
      writeExponential(out);
    }
  }

  private void writeExplicit(WireWriter out) {
    int counts = out.open(6);
    for (int i = 0; i <= customs; i++) {
      out.rawFixed64(positive.at(i));
    }
    out.close(counts);
    int bounds = out.open(7);
    for (int i = 0; i < customs; i++) {
      out.rawFixed64(Double.doubleToRawLongBits(custom[i]));
    }
    out.close(bounds);
  }

  private void writeExponential(WireWriter out) {
    out.varint(6, Buckets.zigzag(schema)).fixed64(7, zero);
    positive.write(out, 8);
    negative.write(out, 9);
    out.fixed64(14, Double.doubleToRawLongBits(zeroThreshold));
  }
}
