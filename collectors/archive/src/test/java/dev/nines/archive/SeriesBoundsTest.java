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
import dev.nines.warehouse.Sql;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private long total(Question question) {
    return history.count(question).orElseThrow().get("eu").stream().mapToLong(Cell::total).sum();
  }

  private static Question question(Slo slo, Instant from, Instant to) {
    return new Question(slo, from, to, LINE, Instant.EPOCH, NOW.plusSeconds(600), from, LINE);
  }

  private static Slo slo(String tenant) {
    MetricSelection hits = new MetricSelection("hits", "", Map.of(), List.of());
    return PastSpans.slo(
        new SloId(tenant, "hits"),
        new CounterIndicator(hits, hits, Part.GOOD),
        Duration.ofDays(1),
        "");
  }
}
