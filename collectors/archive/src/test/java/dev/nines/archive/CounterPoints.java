// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Points of counters as clients in trouble send them: restarts, lost exports, gaps, two writers at
 * once, another collector on the way, repeats and late arrivals. And what they add up to, found the
 * slow way: each point against the one before it.
 */
final class CounterPoints {

  static final String METRIC = "calls";
  static final String SERIES = "series";
  private static final long SECOND = 1_000_000_000L;
  private static final long LOOKBACK = Duration.ofHours(24).toNanos();

  /** One point of one series. */
  record Sent(
      String series, boolean cumulative, String region, long start, long time, long value) {}

  private final Random random;
  private final List<Sent> sent = new ArrayList<>();
  private final long from;
  private final long to;

  CounterPoints(Random random, Instant from, Instant to) {
    this.random = random;
    this.from = from.getEpochSecond() * SECOND;
    this.to = to.getEpochSecond() * SECOND;
    long hour = Duration.ofHours(1).toNanos();
    cumulative("plain", this.from - hour / 3, this.from - hour / 3);
    cumulative("old with a base", this.from - 30 * hour, this.from - hour / 2);
    cumulative("old without a base", this.from - 30 * hour, this.from + hour / 9);
    cumulative("born within", this.from + hour / 7, this.from + hour / 7);
    cumulative("two writers", this.from - hour / 5, this.from - hour / 5);
    cumulative("two writers", this.from - hour / 6, this.from - hour / 6);
    cumulative("unknown start", 0, this.from - hour / 4);
    delta("delta");
    delta("another delta");
  }

  /**
   * @param start of the first process; 0 for a client that never tells it
   * @param first export
   */
  private void cumulative(String series, long start, long first) {
    long began = start;
    long time = first;
    long value = start == first ? 0 : random.nextLong(1L << 58);
    while (time < to + 90 * SECOND) {
      time += (3 + random.nextLong(20)) * SECOND + random.nextLong(SECOND);
      value += random.nextInt(3) == 0 ? 0 : random.nextLong(1L << 40);
      int event = random.nextInt(100);
      if (event < 4) {
        began = start == 0 ? 0 : time + 1;
        value = random.nextInt(4);
        time += 1 + random.nextLong(SECOND);
      } else if (event < 6) {
        time += Duration.ofMinutes(7).toNanos();
      } else if (event > 15) {
        add(new Sent(series, true, region(), began, time, value));
      }
    }
  }

  private void delta(String series) {
    long time = from - 60 * SECOND;
    while (time < to + 90 * SECOND) {
      long start = time;
      time += (3 + random.nextLong(20)) * SECOND + random.nextLong(SECOND);
      if (random.nextInt(8) > 0) {
        sent.add(new Sent(series, false, region(), start, time, random.nextLong(1L << 55)));
      }
    }
  }

  private void add(Sent point) {
    sent.add(point);
    if (random.nextInt(12) == 0) {
      String other = point.region().equals("eu") ? "us" : "eu";
      sent.add(new Sent(point.series(), true, other, point.start(), point.time(), point.value()));
    }
  }

  private String region() {
    return random.nextInt(6) == 0 ? "us" : "eu";
  }

  /** In any order: what is late in one batch is early in another. */
  List<ConsumerRecord<byte[], byte[]>> records(String tenant) {
    List<Sent> shuffled = new ArrayList<>(sent);
    Collections.shuffle(shuffled, random);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String region : List.of("eu", "us")) {
      List<Sent> here = shuffled.stream().filter(s -> s.region().equals(region)).toList();
      for (int i = 0; i < here.size(); i += 40) {
        List<Sent> batch = here.subList(i, Math.min(here.size(), i + 40));
        records.add(Records.accepted(tenant, region, records.size(), request(batch)));
      }
    }
    return records;
  }

  private static ExportMetricsServiceRequest request(List<Sent> batch) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    var scope = request.addResourceMetricsBuilder().addScopeMetricsBuilder();
    for (boolean cumulative : List.of(true, false)) {
      Metric.Builder metric = scope.addMetricsBuilder().setName(METRIC).setUnit("1");
      metric
          .getSumBuilder()
          .setIsMonotonic(true)
          .setAggregationTemporality(
              cumulative
                  ? AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE
                  : AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
          .addAllDataPoints(
              batch.stream()
                  .filter(s -> s.cumulative() == cumulative)
                  .map(CounterPoints::point)
                  .toList());
    }
    return request.build();
  }

  private static NumberDataPoint point(Sent sent) {
    return NumberDataPoint.newBuilder()
        .addAttributes(RandomSpans.text(SERIES, sent.series()))
        .setStartTimeUnixNano(sent.start())
        .setTimeUnixNano(sent.time())
        .setAsInt(sent.value())
        .build();
  }

  /** Increase by series, then by end of its window in seconds; no entry where nothing is known. */
  Map<String, Map<Long, Long>> increases(long stepSeconds) {
    Map<String, Map<Long, Long>> increases = new TreeMap<>();
    Map<List<Object>, List<Sent>> streams = new HashMap<>();
    for (Sent point : sent) {
      if (point.cumulative()) {
        streams
            .computeIfAbsent(List.of(point.series(), point.start()), key -> new ArrayList<>())
            .add(point);
      } else {
        put(increases, point, point.value(), stepSeconds);
      }
    }
    streams.values().forEach(stream -> walk(stream, increases, stepSeconds));
    return increases;
  }

  private void walk(List<Sent> stream, Map<String, Map<Long, Long>> increases, long stepSeconds) {
    stream.sort(Comparator.comparingLong(Sent::time));
    long begin = Math.floorDiv(from, stepSeconds * SECOND) * stepSeconds * SECOND;
    Sent before = null;
    for (Sent point : stream) {
      if (point.time() <= begin - LOOKBACK) {
        continue;
      }
      if (before != null) {
        boolean fell = point.value() < before.value();
        put(increases, point, fell ? point.value() : point.value() - before.value(), stepSeconds);
      } else if (point.start() > 0
          && point.start() < point.time()
          && point.start() >= begin - LOOKBACK) {
        put(increases, point, point.value(), stepSeconds);
      }
      before = point;
    }
  }

  private void put(
      Map<String, Map<Long, Long>> increases, Sent point, long increase, long stepSeconds) {
    long step = stepSeconds * SECOND;
    long end = Math.floorDiv(point.time() - 1, step) * step + step;
    if (end > Math.floorDiv(from, step) * step && end <= to) {
      increases
          .computeIfAbsent(point.series(), key -> new TreeMap<>())
          .merge(end / SECOND, increase, Long::sum);
    }
  }
}
