// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import static dev.nines.ingest.remotewrite.Wire.buckets;
import static dev.nines.ingest.remotewrite.Wire.doubles;
import static dev.nines.ingest.remotewrite.Wire.label;
import static dev.nines.ingest.remotewrite.Wire.nested;
import static dev.nines.ingest.remotewrite.Wire.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ingest.remotewrite.RemoteWrite.Translation;
import dev.nines.ingest.remotewrite.Wire.Fields;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Native histograms against their own definition: bucket i ends at base to the i. */
class NativeHistogramTest {

  private static final long TIME = 1_700_000_000_123L;
  private static final int CASES = 300;

  @Test
  void everyBucketKeepsItsBoundsAndItsCount() {
    Random random = new Random(11);
    for (int i = 0; i < CASES; i++) {
      TreeMap<Integer, Long> positive = random(random);
      TreeMap<Integer, Long> negative = random(random);
      int schema = random.nextInt(-4, 9);
      long zero = random.nextInt(5);
      long count = zero + sum(positive) + sum(negative);
      ExponentialHistogramDataPoint point =
          exponential(
              out -> out.writeUInt64(1, count),
              out -> out.writeDouble(3, 12.5),
              out -> out.writeSInt32(4, schema),
              out -> out.writeDouble(5, 1e-9),
              out -> out.writeUInt64(6, zero),
              buckets(8, 9, negative),
              buckets(11, 12, positive));
      assertThat(point.getScale()).isEqualTo(schema);
      assertThat(point.getCount()).isEqualTo(count);
      assertThat(point.getZeroCount()).isEqualTo(zero);
      assertThat(point.getZeroThreshold()).isEqualTo(1e-9);
      assertThat(point.getSum()).isEqualTo(12.5);
      assertThat(byUpperIndex(point.getPositive())).isEqualTo(positive);
      assertThat(byUpperIndex(point.getNegative())).isEqualTo(negative);
    }
  }

  /** The upper bound of OTLP's bucket i is base to the i + 1. */
  private static TreeMap<Integer, Long> byUpperIndex(
      ExponentialHistogramDataPoint.Buckets buckets) {
    TreeMap<Integer, Long> found = new TreeMap<>();
    for (int i = 0; i < buckets.getBucketCountsCount(); i++) {
      if (buckets.getBucketCounts(i) > 0) {
        found.put(buckets.getOffset() + i + 1, buckets.getBucketCounts(i));
      }
    }
    return found;
  }

  @Test
  void customBoundsAreThoseOfAClassicHistogram() {
    HistogramDataPoint point =
        RemoteWriteTest.metric(
                histogram(
                    out -> out.writeUInt64(1, 9),
                    out -> out.writeDouble(3, 4),
                    out -> out.writeSInt32(4, -53),
                    buckets(11, 12, new TreeMap<>(Map.of(0, 2L, 2, 3L, 3, 4L))),
                    doubles(16, 0.1, 0.5, 2)))
            .getHistogram()
            .getDataPoints(0);
    assertThat(point.getExplicitBoundsList()).containsExactly(0.1, 0.5, 2.0);
    assertThat(point.getBucketCountsList()).containsExactly(2L, 0L, 3L, 4L);
    assertThat(point.getCount()).isEqualTo(9);
  }

  @Test
  void floatsAreTakenWhereTheyCountEvents() {
    ExponentialHistogramDataPoint point =
        exponential(
            out -> out.writeDouble(2, 6),
            out -> out.writeDouble(7, 1),
            nested(11, out -> out.writeSInt32(1, 4), out -> out.writeUInt32(2, 2)),
            doubles(13, 2, 3));
    assertThat(byUpperIndex(point.getPositive())).isEqualTo(Map.of(4, 2L, 5, 3L));
    assertRejects("a histogram with 2.5 events is not stored", out -> out.writeDouble(2, 2.5));
  }

  @Test
  void anEmptyOneAndAStaleOneAreHistograms() {
    assertThat(exponential(out -> out.writeUInt64(1, 0)).getCount()).isZero();
    ExponentialHistogramDataPoint stale =
        exponential(out -> out.writeFixed64(3, 0x7ff0000000000002L));
    assertThat(stale.getFlags()).isEqualTo(1);
  }

  @Test
  void whatDoesNotAddUpIsRejected() {
    assertRejects(
        "count is 4, and its buckets hold 3",
        out -> out.writeUInt64(1, 4),
        buckets(11, 12, new TreeMap<>(Map.of(1, 3L))));
    assertRejects("zero_threshold is no number from 0 on", out -> out.writeDouble(5, Double.NaN));
    assertRejects("zero_threshold is no number from 0 on", out -> out.writeDouble(5, -1));
    assertRejects(
        "over 1000 buckets",
        out -> out.writeUInt64(1, 4),
        buckets(8, 9, new TreeMap<>(Map.of(0, 1L, 600, 1L))),
        buckets(11, 12, new TreeMap<>(Map.of(0, 1L, 600, 1L))));
    assertRejects("schema 9 is neither -53 nor of -4 to 8", out -> out.writeSInt32(4, 9));
    assertRejects("a histogram that is a gauge is not stored", out -> out.writeEnum(14, 3));
    assertRejects(
        "spans describe 2 buckets, and 0 counts are there",
        nested(11, out -> out.writeSInt32(1, 4), out -> out.writeUInt32(2, 2)));
    assertRejects(
        "over 1000 buckets",
        out -> out.writeUInt64(1, 2),
        buckets(11, 12, new TreeMap<>(Map.of(0, 1L, 2_000_000_000, 1L))));
    assertRejects(
        "custom_values are no rising numbers", out -> out.writeSInt32(4, -53), doubles(16, 2, 1));
    assertRejects(
        "a bucket beyond custom_values",
        out -> out.writeSInt32(4, -53),
        out -> out.writeUInt64(1, 1),
        buckets(11, 12, new TreeMap<>(Map.of(2, 1L))),
        doubles(16, 1));
  }

  /** As protobuf has it of fields that exclude each other. */
  @Test
  void ofTwoCountsTheLastOneCounts() {
    assertThat(
            exponential(
                    out -> out.writeUInt64(1, 7),
                    out -> out.writeDouble(2, 2),
                    buckets(11, 12, new TreeMap<>(Map.of(1, 2L))))
                .getCount())
        .isEqualTo(2);
  }

  /** Where a double would have lost it, or a sum begun anew. */
  @Test
  void countsAreExactUpToTwoToThe63() {
    long odd = (1L << 53) + 1;
    assertThat(
            exponential(
                    out -> out.writeUInt64(1, odd), buckets(11, 12, new TreeMap<>(Map.of(1, odd))))
                .getCount())
        .isEqualTo(odd);
    TreeMap<Integer, Long> many = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      many.put(i, Long.MAX_VALUE / 2);
    }
    assertRejects("counts below 0, or over 2^63", buckets(11, 12, many));
    assertRejects("counts below 0, or over 2^63", out -> out.writeUInt64(1, -1));
    assertRejects(
        "buckets have both integer and float counts",
        buckets(11, 12, new TreeMap<>(Map.of(1, 3L))),
        doubles(13, 3));
  }

  private static void assertRejects(String rule, Fields... fields) {
    Translation translation = histogram(fields);
    assertThat(translation.rules()).isEqualTo("1 rejected: " + rule);
    assertThat(translation.histograms()).isZero();
  }

  private static ExponentialHistogramDataPoint exponential(Fields... fields) {
    Translation translation = histogram(fields);
    assertThat(translation.rules()).isEmpty();
    assertThat(translation.histograms()).isEqualTo(1);
    return RemoteWriteTest.metric(translation).getExponentialHistogram().getDataPoints(0);
  }

  private static Translation histogram(Fields... fields) {
    return RemoteWriteTest.v1(
        series(
            label("__name__", "latency"),
            nested(
                4,
                out -> {
                  for (Fields each : fields) {
                    each.write(out);
                  }
                },
                out -> out.writeInt64(15, TIME))));
  }

  private static TreeMap<Integer, Long> random(Random random) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    int index = random.nextInt(-300, 300);
    for (int i = random.nextInt(12); i > 0; i--) {
      counts.put(index, 1L + random.nextInt(1_000));
      index += random.nextInt(3) == 0 ? random.nextInt(1, 30) : 1;
    }
    return counts;
  }

  private static long sum(Map<Integer, Long> counts) {
    return counts.values().stream().mapToLong(n -> n).sum();
  }
}
