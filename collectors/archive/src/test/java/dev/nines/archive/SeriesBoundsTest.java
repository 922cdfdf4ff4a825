// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.archive.retention.Retention;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.CounterIndicator.Part;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.objectives.backfill.Reach;
import dev.nines.warehouse.Guard;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Sql;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stored series that are many, and points that are. */
class SeriesBoundsTest extends TableTest {

  private static final Instant NOW = Records.APPENDED;
  private static final Instant LINE = NOW.truncatedTo(ChronoUnit.HOURS).minusSeconds(3_430);
  private static final Instant FROM = LINE.truncatedTo(ChronoUnit.HOURS).minusSeconds(30 * 3_600);

  private StoredHistory history;

  @BeforeAll
  void ask() {
    history = new StoredHistory(query, Retention.DEFAULT);
  }

  /** More than one statement takes, and more points than are read at once. */
  @Test
  void manySeriesAreReadInParts() {
    int series = 1_300;
    int exports = 20;
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < exports; i++) {
      var request = ExportMetricsServiceRequest.newBuilder();
      var sum =
          request
              .addResourceMetricsBuilder()
              .addScopeMetricsBuilder()
              .addMetricsBuilder()
              .setName("hits")
              .getSumBuilder()
              .setIsMonotonic(true)
              .setAggregationTemporalityValue(2);
      long nanos = LINE.minusSeconds(60L * (exports - i)).getEpochSecond() * 1_000_000_000L;
      for (int user = 0; user < series; user++) {
        sum.addDataPointsBuilder()
            .addAttributes(RandomSpans.text("user", "u" + user))
            .setTimeUnixNano(nanos)
            .setAsInt(3L * i);
      }
      records.add(Records.accepted("many", "eu", i, request.build()));
    }
    store(new MetricMapper(new CollectorRegistry()), MetricMapper.TABLES, records);
    assertThat(total(question(slo("many"), FROM, LINE))).isEqualTo(3L * (exports - 1) * series);
  }

  /** One that says nothing once: all points of the day before are walked, more than at once. */
  @Test
  void anOddSeriesOfManyPointsIsWalkedInParts() {
    int points = 45_000;
    query.execute(
        Sql.of(
            """
            INSERT INTO metric_series (tenant, metric, series_id, region, appended_on, type,
              temporality, monotonic, first_seen, last_seen)
            SELECT 'odd', 'hits', 'an odd series of', 'eu', toDate(at), 'sum', 'cumulative', true,
              at, at
            FROM (SELECT now64(3) - toIntervalDay(number) AS at FROM numbers(4))"""));
    query.execute(
        Sql.of(
                """
                INSERT INTO metric_points (tenant, metric, series_id, temporality, monotonic, start,
                  time, flags, value_int, region, task, seq, appended_at)
                SELECT 'odd', 'hits', 'an odd series of', 'cumulative', true, toDateTime64(0, 9),
                  fromUnixTimestamp64Milli(at), number = 7000, if(number = 7000, NULL, 3 * number), 'eu',
                  '0_1', number, fromUnixTimestamp64Milli(at + 20)
                FROM (SELECT number, {line:Int64} - 2000 * ({points:Int64} - 30 - number) AS at
                  FROM numbers({points:UInt64}))""")
            .with("line", LINE.toEpochMilli())
            .with("points", points));
    Slo slo = slo("odd");
    assertThat(total(question(slo, LINE.minusSeconds(600), LINE))).isEqualTo(3 * 300);
    assertThat(total(question(slo, LINE, LINE.plus(Duration.ofHours(26)))))
        .as("across the begin of the line")
        .isEqualTo(3);
  }

  /** Each question of a look reads points alone; a look at another time reads its list anew. */
  @Test
  void aLookListsItsSeriesOnce() {
    series("listed", 12_000);
    Slo slo = slo("listed");
    AtomicInteger statements = new AtomicInteger();
    try (Query counted = query(counting(statements))) {
      StoredHistory asked = new StoredHistory(counted, Retention.DEFAULT);
      asked.reach(slo, FROM, LINE, NOW.plusSeconds(600));
      List<Integer> each = new ArrayList<>();
      for (int seen : List.of(600, 600, 600, 700)) {
        statements.set(0);
        Instant seenTo = NOW.plusSeconds(seen);
        assertThat(asked.count(question(slo, FROM, LINE, seenTo))).contains(Map.of());
        each.add(statements.get());
      }
      assertThat(each)
          .as("12 statements for points, 3 pages of a list")
          .containsExactly(12, 12, 12, 15);
    }
  }

  @Test
  void moreSeriesThanMayBeSelectedOrReadAreRefused() {
    series("selected", 50_001);
    assertThat(reach(slo("selected")))
        .isEqualTo(new Reach.Nothing("it selects more than 50000 series in its period"));
    series("read", 200_001);
    MetricSelection none = new MetricSelection("hits", "", Map.of("pod", "none"), List.of());
    assertThat(reach(slo("read", none)))
        .isEqualTo(
            new Reach.Nothing(
                "its metrics have more than 200000 series in its period to select from"));
    assertThat(reach(slo("selected", none))).isInstanceOf(Reach.Exact.class);
  }

  private Reach reach(Slo slo) {
    return history.reach(slo, FROM, LINE, NOW.plusSeconds(600));
  }

  private void series(String tenant, int number) {
    query.execute(
        Sql.of(
                """
                INSERT INTO metric_series (tenant, metric, series_id, region, appended_on, type,
                  temporality, monotonic, first_seen, last_seen)
                SELECT {tenant:String}, 'hits', reinterpretAsFixedString(sipHash128(number)), 'eu',
                  today(), 'sum', 'cumulative', true, now64(3), now64(3)
                FROM numbers({number:UInt64})""")
            .with("tenant", tenant)
            .with("number", number));
  }

  private static Guard counting(AtomicInteger statements) {
    return new Guard() {
      @Override
      public <T> T call(Supplier<T> statement) {
        statements.incrementAndGet();
        return statement.get();
      }
    };
  }

  private long total(Question question) {
    return history.count(question).orElseThrow().get("eu").stream().mapToLong(Cell::total).sum();
  }

  private static Question question(Slo slo, Instant from, Instant to) {
    return question(slo, from, to, NOW.plusSeconds(600));
  }

  private static Question question(Slo slo, Instant from, Instant to, Instant seenTo) {
    return new Question(slo, from, to, LINE, Instant.EPOCH, seenTo, from, LINE);
  }

  private static Slo slo(String tenant) {
    return slo(tenant, new MetricSelection("hits", "", Map.of(), List.of()));
  }

  private static Slo slo(String tenant, MetricSelection hits) {
    return PastSpans.slo(
        new SloId(tenant, "hits"),
        new CounterIndicator(hits, hits, Part.GOOD),
        Duration.ofDays(1),
        "");
  }
}
