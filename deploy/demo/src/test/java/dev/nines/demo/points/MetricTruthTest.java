// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.demo.truth.Batch;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.MetricObjective;
import dev.nines.demo.truth.MetricObjective.Series;
import dev.nines.demo.truth.Objective;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Small logs, counted by hand. */
class MetricTruthTest {

  private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");
  private static final Series ORDERS = new Series("checkout.orders", "checkout", Map.of());
  private static final Series FAILED = new Series("checkout.orders.failed", "checkout", Map.of());
  private static final MetricObjective RATIO =
      new MetricObjective(
          "orders",
          ORDERS,
          Optional.of(FAILED),
          Duration.ZERO,
          new BigDecimal("0.9"),
          List.of(
              new Objective.Policy(
                  Duration.ofSeconds(120), Duration.ofSeconds(20), new BigDecimal("2"), "page")));
  private static final MetricObjective QUICK =
      new MetricObjective(
          "quick",
          new Series("seconds", "", Map.of("m", "GET")),
          Optional.empty(),
          Duration.ofMillis(60),
          new BigDecimal("0.9"),
          List.of());

  private final Map<String, SentPoint> points = new HashMap<>();
  private final Map<String, Batch> exports = new HashMap<>();
  private final Set<String> stored = new HashSet<>();

  @Test
  void deltasAreAddedUp() {
    sent("a", true, orders(false, 0, 2, 5), failed(false, 0, 2, 1));
    sent("b", true, orders(false, 2, 4, 3));
    assertThat(counts("orders")).containsEntry("global", new Count(7, 8));
  }

  @Test
  void ofCumulativePointsTheLastOneKnownCounts() {
    sent("a", true, orders(true, 1, 2, 5));
    sent("b", false, orders(true, 1, 4, 7));
    assertThat(counts("orders")).containsEntry("eu", new Count(5, 5));
    stored.add(orders(true, 1, 4, 7).key());
    assertThat(counts("orders")).containsEntry("eu", new Count(7, 7));
  }

  @Test
  void aRestartIsAnotherStream() {
    sent("a", true, orders(true, 1, 2, 5));
    sent("b", true, orders(true, 3, 4, 2));
    assertThat(counts("orders")).containsEntry("eu", new Count(7, 7));
  }

  @Test
  void whatBeganBeforeTheObjectiveIsABaseline() {
    sent("a", true, orders(true, -5, 2, 50));
    sent("b", true, orders(true, -5, 4, 52));
    assertThat(counts("orders")).containsEntry("eu", new Count(2, 2));
  }

  @Test
  void eventsInTheBucketOfTheThresholdAreUncertain() {
    sent("a", true, seconds(2, List.of(10L, 4L, 1L)));
    assertThat(counts("quick")).containsEntry("eu", new Count(10, 15, 4));
  }

  /** Half of all fail: over two minutes that is a fifth once fifty seconds are measured. */
  @Test
  void aRatioIsOwedWhenItsSliceIsOver() {
    for (int second = 2; second <= 90; second += 2) {
      sent("e" + second, true, orders(false, 0, second, 4), failed(false, 0, second, 2));
    }
    List<DuePage> pages = truth().pages();
    assertThat(pages).singleElement().returns(true, DuePage::owed);
    assertThat(pages.getFirst().earliest()).isEqualTo(BEGIN.plusSeconds(50));
  }

  private Map<String, Count> counts(String slo) {
    return truth().counts().getOrDefault(slo, Map.of());
  }

  private MetricTruth truth() {
    return new MetricTruth(new PointLog(points, exports), stored, List.of(RATIO, QUICK), BEGIN);
  }

  private void sent(String export, boolean acknowledged, SentPoint... sent) {
    exports.put(export, new Batch(export, "eu", BEGIN, acknowledged ? BEGIN : null));
    for (SentPoint point : sent) {
      points.put(
          point.key(),
          new SentPoint(
              export,
              point.region(),
              point.service(),
              point.version(),
              point.metric(),
              point.cumulative(),
              point.startNanos(),
              point.timeNanos(),
              point.attributes(),
              point.measured()));
    }
  }

  private static SentPoint orders(boolean cumulative, long start, long time, long value) {
    return point(ORDERS.metric(), cumulative, start, time, Map.of(), new Measured.Counter(value));
  }

  private static SentPoint failed(boolean cumulative, long start, long time, long value) {
    return point(FAILED.metric(), cumulative, start, time, Map.of(), new Measured.Counter(value));
  }

  private static SentPoint seconds(long time, List<Long> counts) {
    Measured measured = new Measured.Histogram(1, List.of(0.05, 0.075), counts);
    return point("seconds", false, 0, time, Map.of("m", "GET"), measured);
  }

  private static SentPoint point(
      String metric,
      boolean cumulative,
      long start,
      long time,
      Map<String, String> attributes,
      Measured measured) {
    return new SentPoint(
        "",
        "eu",
        "checkout",
        "1",
        metric,
        cumulative,
        nanos(start),
        nanos(time),
        attributes,
        measured);
  }

  private static long nanos(long second) {
    return (BEGIN.getEpochSecond() + second) * 1_000_000_000L;
  }
}
