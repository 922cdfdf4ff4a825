// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle;

import dev.nines.oracle.brute.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws what clients send: most of it now, some late by up to weeks, some with a wrong clock. */
final class Story {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final List<String> OPERATIONS = List.of("GET /cart", "POST /order");
  private static final List<String> SERVICES = List.of("shop", "shop", "shop", "other");
  private static final List<String> KINDS = List.of("server", "server", "client");
  private static final List<String> TIERS = List.of("plus", "free");

  private final Random random;
  private final Map<String, Pod> pods = new HashMap<>();

  Story(Random random) {
    this.random = random;
  }

  /** A counter process: its orders since it began. */
  private static final class Pod {
    private final long startNanos;
    private long orders;
    private long failed;

    Pod(long startNanos) {
      this.startNanos = startNanos;
    }
  }

  /**
   * @param burning many of them fail
   */
  List<Event.Span> spans(Instant now, boolean burning) {
    List<Event.Span> spans = new ArrayList<>();
    int size = 1 + random.nextInt(40);
    for (int i = 0; i < size; i++) {
      boolean failed = random.nextInt(burning ? 3 : 60) == 0;
      long end = nanos(now.minusMillis(late()));
      long length = 1_000_000L * (1 + random.nextInt(burning ? 120 : 55));
      Map<String, String> attributes =
          Map.of("http.status", failed && random.nextBoolean() ? "503" : "200", "tier", one(TIERS));
      spans.add(
          new Event.Span(
              one(SERVICES), one(OPERATIONS), one(KINDS), attributes, end - length, end, failed));
    }
    return spans;
  }

  /** Both counters of one pod of a region, which now and then restarts. */
  List<Event.Point> points(String region, Instant now, boolean burning) {
    String name = region + "-" + random.nextInt(3);
    Pod pod = pods.computeIfAbsent(name, n -> new Pod(nanos(now.minusSeconds(10))));
    if (random.nextInt(15) == 0) {
      pod = new Pod(nanos(now.minusMillis(500)));
      pods.put(name, pod);
    }
    long more = random.nextInt(50);
    pod.orders += more;
    pod.failed += burning ? random.nextLong(more + 1) : 0;
    Map<String, String> attributes = Map.of("pod", name);
    long time = nanos(now);
    return List.of(
        new Event.Point("shop", "orders", attributes, pod.startNanos, time, pod.orders),
        new Event.Point("shop", "orders.failed", attributes, pod.startNanos, time, pod.failed));
  }

  /**
   * What the queues of a region's pods hold, by tenths, which no double is; some is no number, some
   * is beyond all. And shares of success, by thousandths, of which some are above 1.
   */
  List<Event.Gauge> gauges(String region, Instant now, boolean burning) {
    List<Event.Gauge> gauges = new ArrayList<>();
    for (int pod = random.nextInt(6); pod >= 0; pod--) {
      double value =
          switch (random.nextInt(20)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> random.nextInt(12);
            default -> random.nextInt(burning ? 150 : 104) / 10.0;
          };
      gauges.add(
          new Event.Gauge(
              one(SERVICES),
              "queue.length",
              Map.of("pod", region + "-" + pod),
              nanos(now.minusMillis(late())),
              value));
      gauges.add(
          new Event.Gauge(
              "shop",
              "success.share",
              Map.of("pod", region + "-" + pod),
              nanos(now.minusMillis(late())),
              (1_005 - random.nextInt(burning ? 1_000 : 40)) / 1_000.0));
    }
    return gauges;
  }

  /** Milliseconds. */
  private long late() {
    return switch (random.nextInt(40)) {
      case 0, 1 -> random.nextInt(300_000);
      case 2 -> random.nextInt(10_800_000);
      case 3 -> random.nextLong(Duration.ofDays(4).toMillis());
      case 4 -> random.nextLong(Duration.ofDays(45).toMillis());
      case 5 -> -random.nextInt(60_000);
      case 6 -> -random.nextInt(3_600_000);
      default -> random.nextInt(3_000);
    };
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
  }
}
