// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.MetricWalker;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SeriesTableTest {

  private static final Duration HALF = Duration.ofMinutes(30);
  private static final SeriesLimits LIMITS = new SeriesLimits(50, 80, HALF.multipliedBy(2));

  private Instant now = Instant.parse("2026-11-26T10:00:00Z");
  private final SeriesTable table = new SeriesTable(LIMITS, () -> now);

  @Test
  void newSeriesAreTakenUpToTheLimitAndKnownOnesAlways() {
    assertThat(taken("acme", "hits", 0, 60)).hasSize(50);
    assertThat(taken("acme", "hits", 0, 60)).as("again").hasSize(50);
    assertThat(taken("other", "hits", 100, 10)).as("of another tenant").hasSize(10);
    assertThat(taken("acme", "misses", 0, 40)).as("of the tenant in all").hasSize(30);
    assertThat(taken("acme", "misses", 0, 30)).hasSize(30);
    assertThat(table.size()).isEqualTo(90);
  }

  @Test
  void whoSendsNothingForTheWindowMakesRoom() {
    taken("acme", "hits", 0, 50);
    now = now.plus(HALF);
    assertThat(taken("acme", "hits", 0, 20)).as("known from before").hasSize(20);
    assertThat(taken("acme", "hits", 60, 20)).as("still no room").isEmpty();
    now = now.plus(HALF);
    assertThat(taken("acme", "hits", 60, 40)).as("30 have gone").hasSize(30);
    now = now.plus(HALF.multipliedBy(2));
    assertThat(taken("acme", "hits", 100, 60)).hasSize(50);
    now = now.plus(HALF.multipliedBy(5));
    assertThat(taken("acme", "misses", 0, 1)).hasSize(1);
    assertThat(table.size()).as("all others are forgotten").isEqualTo(1);
  }

  @Test
  void theLabelWithMostValuesIsNamedAndWhatWasLeftOutIsCounted() {
    Admission admission = table.open("acme");
    new MetricWalker().walk(request("hits", 0, 60), admission::test);
    assertThat(admission.rules())
        .matches(
            "hits has 50 series, as many as a metric may have; of its labels user has most values,"
                + " about [45]\\d");
    assertThat(admission.omitted()).isEqualTo(new Admission.Omitted(10, 10, 0, 0));
  }

  @Test
  void aThirdMetricAndALongNameAreNoLongAnswer() {
    Admission admission = table.open("acme");
    String odd = "x".repeat(1_000);
    MetricWalker walker = new MetricWalker();
    for (String name : List.of("a", odd, "b", "c", "d")) {
      walker.walk(request(name, 0, 100), admission::test);
    }
    assertThat(admission.rules()).hasSizeLessThan(1_000).contains("a has 50", "the tenant has 80");
    assertThat(admission.omitted().items()).isEqualTo(420);
  }

  @Test
  void namesOfMetricsHaveABoundToo() {
    SeriesTable wide =
        new SeriesTable(new SeriesLimits(5, 1_000_000, HALF.multipliedBy(2)), () -> now);
    Admission admission = wide.open("acme");
    MetricWalker walker = new MetricWalker();
    int taken = 0;
    for (int i = 0; i < TenantSeries.METRICS_MAX + 10; i++) {
      boolean[] all = {true};
      walker.walk(request("m" + i, 0, 1), point -> all[0] = admission.test(point));
      taken += all[0] ? 1 : 0;
    }
    assertThat(taken).isEqualTo(TenantSeries.METRICS_MAX);
  }

  /** Sets and a clock, and nothing else of the table. */
  @Test
  void itIsWhatAnOracleSays() {
    Random random = new Random(5);
    Map<String, Map<Integer, Long>> seen = new HashMap<>();
    int metricFull = 0;
    int tenantFull = 0;
    for (int step = 0; step < 6_000; step++) {
      now = now.plus(Duration.ofSeconds(random.nextInt(step / 1_000 % 2 == 0 ? 4 : 60)));
      long half = now.toEpochMilli() / HALF.toMillis();
      seen.values().forEach(series -> series.values().removeIf(last -> last < half - 1));
      String metric = "m" + (random.nextInt(4) == 0 ? 1 : 0);
      int id = random.nextInt(70);
      Map<Integer, Long> series = seen.computeIfAbsent(metric, _ -> new HashMap<>());
      int ofTenant = seen.values().stream().mapToInt(Map::size).sum();
      boolean known = series.containsKey(id);
      boolean expected = known || series.size() < 50 && ofTenant < 80;
      metricFull += !known && series.size() == 50 ? 1 : 0;
      tenantFull += !known && series.size() < 50 && ofTenant == 80 ? 1 : 0;
      if (expected) {
        series.put(id, half);
      }
      assertThat(taken("acme", metric, id, 1)).as("step %d", step).hasSize(expected ? 1 : 0);
    }
    assertThat(metricFull).as("the metric's limit is reached").isGreaterThan(100);
    assertThat(tenantFull).as("the tenant's, too").isGreaterThan(100);
  }

  @Test
  void whatIsHeldOfANameAndALabelIsShortHoweverLongTheyAre() {
    String name = "n".repeat(1 << 20);
    Admission admission = table.open("acme");
    new MetricWalker().walk(request(name, 0, 60), admission::test);
    assertThat(admission.rules())
        .startsWith("n".repeat(200) + "... has 50 series")
        .contains("user has most values")
        .hasSizeLessThan(400);
  }

  @Test
  void aTenantThatSendsNothingAnyMoreIsForgottenThoughOthersGoOn() {
    taken("acme", "hits", 0, 50);
    now = now.plus(HALF.multipliedBy(3));
    taken("other", "hits", 0, 1);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void aClockThatStepsForwardAndBackLeavesNothingFull() {
    taken("acme", "hits", 0, 50);
    now = now.plus(Duration.ofDays(1));
    taken("acme", "hits", 100, 50);
    now = now.minus(Duration.ofDays(1));
    assertThat(taken("acme", "hits", 200, 50)).hasSize(50);
  }

  @Test
  void threadsShareOneLimit() throws Exception {
    Set<Integer> all = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Set<Integer>>> parts = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int from = i * 3;
        parts.add(threads.submit(() -> taken("acme", "hits", from, 6)));
      }
      for (Future<Set<Integer>> part : parts) {
        all.addAll(part.get());
      }
    }
    assertThat(all).hasSize(50);
  }

  /** Of users {@code from} and further those whose series were taken. */
  private Set<Integer> taken(String tenant, String metric, int from, int count) {
    Admission admission = table.open(tenant);
    Set<Integer> taken = new HashSet<>();
    new MetricWalker()
        .walk(
            request(metric, from, count),
            point -> {
              if (admission.test(point)) {
                taken.add(from + (int) point.index());
              }
            });
    return taken;
  }

  private static byte[] request(String metric, int from, int count) {
    Metric.Builder points = Metric.newBuilder().setName(metric);
    for (int i = from; i < from + count; i++) {
      points
          .getGaugeBuilder()
          .addDataPointsBuilder()
          .setTimeUnixNano(1)
          .setAsInt(1)
          .addAttributes(label("zone", "z" + i % 3))
          .addAttributes(label("user", "u" + i));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(points)))
        .build()
        .toByteArray();
  }

  private static KeyValue label(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
