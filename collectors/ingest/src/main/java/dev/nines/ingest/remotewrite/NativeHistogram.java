// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireReader;
import dev.nines.telemetry.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A native histogram of events: exponential buckets, or the bounds of a classic one. OTLP has the
 * first as {@code ExponentialHistogramDataPoint}, whose bucket i ends where the bucket i + 1 of
 * Prometheus does, and the second as {@code HistogramDataPoint}.
 *
 * @param custom upper bounds of buckets, for the schema of custom ones
 */
record NativeHistogram(
    int schema,
    double zeroThreshold,
    long zeroCount,
    long count,
    double sum,
    Buckets negative,
    Buckets positive,
    double[] custom,
    long millis,
    long startMillis) {

  private static final int CUSTOM = -53;
  private static final int SCHEMA_MIN = -4;
  private static final int SCHEMA_MAX = 8;
  private static final int GAUGE = 3;

  /** The open message of a histogram. */
  static NativeHistogram read(WireReader wire) {
    Fields fields = new Fields();
    int outer = wire.enter("histograms");
    while (wire.more()) {
      fields.read(wire, wire.tag());
    }
    wire.leave(outer);
    return fields.histogram();
  }

  /** While the message is read; checked when all of it is. */
  private static final class Fields {
    private final BucketReader negative = new BucketReader();
    private final BucketReader positive = new BucketReader();
    private final List<Double> custom = new ArrayList<>();
    private double count;
    private double zeroCount;
    private double sum;
    private double zeroThreshold;
    private int schema;
    private int hint;
    private long millis;
    private long start;

    void read(WireReader wire, int tag) {
      switch (tag) {
        case 8, 48 -> whole(tag, wire.varint());
        case 17 -> count = wire.float64();
        case 25 -> sum = wire.float64();
        case 32 -> schema = wire.sint32();
        case 41 -> zeroThreshold = wire.float64();
        case 57 -> zeroCount = wire.float64();
        case 66 -> negative.span(wire);
        case 72, 74 -> negative.deltas(wire, tag);
        case 81, 82 -> negative.counts(wire, tag);
        case 90 -> positive.span(wire);
        case 96, 98 -> positive.deltas(wire, tag);
        case 105, 106 -> positive.counts(wire, tag);
        case 112 -> hint = (int) wire.varint();
        case 120 -> millis = wire.varint();
        case 129, 130 -> BucketReader.doubles(wire, tag, custom);
        case 136 -> start = wire.varint();
        default -> wire.skip(tag);
      }
    }

    private void whole(int tag, long value) {
      if (tag == 8) {
        count = value;
      } else {
        zeroCount = value;
      }
    }

    NativeHistogram histogram() {
      if (Sample.isStale(Double.doubleToRawLongBits(sum))) {
        return new NativeHistogram(
            schema, 0, 0, 0, sum, Buckets.NONE, Buckets.NONE, new double[0], millis, start);
      }
      if (hint == GAUGE) {
        throw new Invalid("a histogram that is a gauge is not stored");
      }
      NativeHistogram read =
          new NativeHistogram(
              schema,
              zeroThreshold,
              BucketReader.whole(zeroCount),
              BucketReader.whole(count),
              sum,
              negative.buckets(),
              positive.buckets(),
              custom.stream().mapToDouble(bound -> bound).toArray(),
              millis,
              start);
      return read.checked();
    }
  }

  /** Older senders say it of the whole series. */
  NativeHistogram since(long createdMillis) {
    return startMillis != 0
        ? this
        : new NativeHistogram(
            schema,
            zeroThreshold,
            zeroCount,
            count,
            sum,
            negative,
            positive,
            custom,
            millis,
            createdMillis);
  }

  boolean stale() {
    return Sample.isStale(Double.doubleToRawLongBits(sum));
  }

  Type type() {
    return schema == CUSTOM ? Type.EXPLICIT_HISTOGRAM : Type.EXPONENTIAL_HISTOGRAM;
  }

  /** The data point of its type. */
  WireWriter otlp(SortedMap<String, String> labels, List<Exemplar> exemplars) {
    return schema == CUSTOM ? explicit(labels, exemplars) : exponential(labels, exemplars);
  }

  private NativeHistogram checked() {
    if (schema != CUSTOM && (schema < SCHEMA_MIN || schema > SCHEMA_MAX)) {
      throw new Invalid("schema " + schema + " is neither -53 nor of -4 to 8");
    }
    if (schema == CUSTOM) {
      checkCustom();
    }
    long inBuckets = zeroCount + negative.total() + positive.total();
    boolean fits = Double.isNaN(sum) ? inBuckets <= count : inBuckets == count;
    if (!fits) {
      throw new Invalid("count is " + count + ", and its buckets hold " + inBuckets);
    }
    return new NativeHistogram(
        schema,
        zeroThreshold,
        zeroCount,
        inBuckets,
        sum,
        negative,
        positive,
        custom,
        millis,
        startMillis);
  }

  private void checkCustom() {
    for (int i = 0; i < custom.length; i++) {
      if (!Double.isFinite(custom[i]) || (i > 0 && custom[i] <= custom[i - 1])) {
        throw new Invalid("custom_values are no rising numbers");
      }
    }
    if (!negative.isEmpty() || zeroCount != 0) {
      throw new Invalid("custom buckets have no zero bucket and no negative ones");
    }
    if (!positive.isEmpty() && (positive.first() < 0 || positive.last() > custom.length)) {
      throw new Invalid("a bucket beyond custom_values");
    }
  }

  private WireWriter explicit(SortedMap<String, String> labels, List<Exemplar> exemplars) {
    WireWriter point = new WireWriter();
    Points.start(point, 2, startMillis);
    point.fixed64(3, Points.nanos(millis));
    if (!stale()) {
      point.fixed64(4, count).fixed64(5, Double.doubleToRawLongBits(sum));
      int counts = point.open(6);
      for (int i = 0; i <= custom.length; i++) {
        point.rawFixed64(positive.at(i));
      }
      point.close(counts);
      int bounds = point.open(7);
      for (double bound : custom) {
        point.rawFixed64(Double.doubleToRawLongBits(bound));
      }
      point.close(bounds);
    }
    exemplars.forEach(exemplar -> point.message(8, exemplar.otlp()));
    Points.attributes(point, 9, labels);
    return stale() ? point.varint(10, Points.NO_RECORDED_VALUE) : point;
  }

  private WireWriter exponential(SortedMap<String, String> labels, List<Exemplar> exemplars) {
    WireWriter point = Points.attributes(new WireWriter(), 1, labels);
    Points.start(point, 2, startMillis);
    point.fixed64(3, Points.nanos(millis));
    if (stale()) {
      point.varint(10, Points.NO_RECORDED_VALUE);
    } else {
      point.fixed64(4, count).fixed64(5, Double.doubleToRawLongBits(sum));
      point.varint(6, Buckets.zigzag(schema)).fixed64(7, zeroCount);
      point.message(8, positive.otlp()).message(9, negative.otlp());
      point.fixed64(14, Double.doubleToRawLongBits(zeroThreshold));
    }
    exemplars.forEach(exemplar -> point.message(11, exemplar.otlp()));
    return point;
  }
}
