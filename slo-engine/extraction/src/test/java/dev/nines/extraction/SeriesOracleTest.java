// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.Slo;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random series that restart, arrive late, reordered, twice and over two regions, cumulative and
 * delta: every cell is what brute force over all that arrived makes of it.
 */
class SeriesOracleTest {

  private static final Slo ORDERS = Points.orders("orders", 1);
  private static final Slo QUICK = Points.quick("quick", 1, "250", "ms");
  private static final List<Double> BOUNDS = List.of(0.1, 0.25, 1.0);
  private static final int PODS = 6;
  private static final int EXPORTS = 60;

  @TempDir Path state;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyCellIsTheOracles(long seed) {
    Random random = new Random(seed);
    Oracle oracle = new Oracle();
    Map<String, long[]> engine = new TreeMap<>();
    try (Bench bench = new Bench(state)) {
      bench.objectives.add(Traffic.generation(1, START, ORDERS, QUICK));
      List<Runnable> arrivals = new ArrayList<>();
      for (int pod = 0; pod < PODS; pod++) {
        arrivals.addAll(new Pod(bench, oracle, random, "pod-" + pod, pod % 3 == 2).exports());
      }
      shuffle(arrivals, random);
      for (Runnable arrival : arrivals) {
        arrival.run();
        if (random.nextInt(4) == 0) {
          arrival.run();
        }
        if (random.nextInt(5) == 0) {
          bench.pass(Duration.ofMillis(50));
          collect(engine, bench.counts());
        }
      }
      bench.pass(Duration.ofSeconds(1));
      collect(engine, bench.counts());
    }
    assertThat(engine).usingRecursiveComparison().as("seed " + seed).isEqualTo(oracle.cells());
    assertThat(engine).hasSizeGreaterThan(100);
  }

  /** Mostly in order, some far from their place. */
  private static void shuffle(List<Runnable> arrivals, Random random) {
    for (int i = 0; i < arrivals.size(); i++) {
      int other = Math.min(arrivals.size() - 1, i + random.nextInt(30));
      Runnable moved = arrivals.set(i, arrivals.get(other));
      arrivals.set(other, moved);
    }
  }

  private static void collect(Map<String, long[]> cells, List<CountRecord> records) {
    for (CountRecord record : records) {
      Counts counts = (Counts) record;
      for (Cell cell : counts.cells()) {
        String key = counts.slo().name() + ' ' + counts.region() + ' ' + cell.sliceStartSeconds();
        add(cells, key, cell.good(), cell.total(), cell.uncertain());
      }
    }
  }

  private static void add(Map<String, long[]> cells, String key, long... values) {
    long[] sum = cells.computeIfAbsent(key, k -> new long[3]);
    for (int i = 0; i < values.length; i++) {
      sum[i] += values[i];
    }
    if (LongStream.of(sum).allMatch(value -> value == 0)) {
      cells.remove(key);
    }
  }

  /** One client: its counters since its last start, exported every 15 s. */
  private static final class Pod {
    private final Bench bench;
    private final Oracle oracle;
    private final Random random;
    private final String name;
    private final boolean delta;
    private Instant start;
    private long total;
    private long failed;
    private final long[] buckets = new long[BOUNDS.size() + 1];

    Pod(Bench bench, Oracle oracle, Random random, String name, boolean delta) {
      this.bench = bench;
      this.oracle = oracle;
      this.random = random;
      this.name = name;
      this.delta = delta;
      this.start = START.plusSeconds(random.nextInt(120) - 60);
    }

    List<Runnable> exports() {
      List<Runnable> exports = new ArrayList<>();
      Instant before = start;
      for (int i = 1; i <= EXPORTS; i++) {
        Instant time = START.plusSeconds(60 + 15L * i).plusMillis(random.nextInt(900));
        if (random.nextInt(12) == 0 || delta) {
          clear();
          start = delta ? before : time.minusSeconds(1 + random.nextInt(10));
        }
        count();
        exports.add(export(time));
        before = time;
      }
      return exports;
    }

    private void clear() {
      total = 0;
      failed = 0;
      java.util.Arrays.fill(buckets, 0);
    }

    private void count() {
      int orders = random.nextInt(50);
      total += orders;
      failed += random.nextInt(orders / 4 + 1);
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] += random.nextInt(9);
      }
    }

    private Runnable export(Instant time) {
      var temporality = delta ? Points.DELTA : Points.CUMULATIVE;
      Metric orders = Points.sum("orders", temporality, Points.point(name, start, time, total));
      Metric bad =
          Points.sum("orders.failed", temporality, Points.point(name, start, time, failed));
      Metric duration =
          Points.histogram(
              "duration", temporality, Points.buckets(name, start, time, BOUNDS, buckets));
      String region = random.nextInt(8) == 0 ? "us" : "eu";
      Instant streamStart = start;
      long[] values = {total, failed, buckets[0] + buckets[1], LongStream.of(buckets).sum()};
      return () -> {
        Instant appendedAt = time.plusSeconds(1);
        bench.send(region, Points.batch("checkout", orders, bad, duration), appendedAt);
        String stream = name + ' ' + streamStart;
        boolean fromStart = !streamStart.isBefore(START);
        if (delta) {
          oracle.delta(region, stream, time, values);
        } else {
          oracle.cumulative(region, stream, time, fromStart, values);
        }
      };
    }
  }

  /** All points that arrived; a cell is what its arrivals added to the largest covered point. */
  private static final class Oracle {
    private final Map<String, TreeMap<Instant, long[]>> arrived = new HashMap<>();
    private final Map<String, long[]> cells = new TreeMap<>();

    void delta(String region, String stream, Instant time, long[] values) {
      if (arrived.computeIfAbsent(stream, s -> new TreeMap<>()).put(time, values) == null) {
        count(region, time, new long[4], values);
      }
    }

    void cumulative(String region, String stream, Instant time, boolean fromStart, long[] values) {
      TreeMap<Instant, long[]> points = arrived.computeIfAbsent(stream, s -> new TreeMap<>());
      long[] before = points.isEmpty() ? null : points.lastEntry().getValue();
      points.put(time, values);
      long[] after = points.lastEntry().getValue();
      if (before != null) {
        count(region, time, before, after);
      } else if (fromStart) {
        count(region, time, new long[4], after);
      }
    }

    private void count(String region, Instant time, long[] before, long[] after) {
      long slice = Math.floorDiv(time.getEpochSecond(), 10) * 10;
      long total = after[0] - before[0];
      long failed = after[1] - before[1];
      add(cells, "orders " + region + ' ' + slice, total - failed, total);
      add(cells, "quick " + region + ' ' + slice, after[2] - before[2], after[3] - before[3]);
    }

    Map<String, long[]> cells() {
      return cells;
    }
  }
}
