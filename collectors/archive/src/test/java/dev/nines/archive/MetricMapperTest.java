// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.block.NativeBlock;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What protobuf-java reads from a request is what the engine gives back, bit by bit. */
class MetricMapperTest extends TableTest {

  private static final String POINTS =
      """
      WITH (x -> if(isNull(x), '-', toString(reinterpretAsInt64(assumeNotNull(x))))) AS bits,
        series AS (
          SELECT series_id, any(metric) AS name, any(unit) AS unit, any(type) AS type,
            any(temporality) AS temporality, any(monotonic) AS monotonic, any(service) AS service,
            any(resource) AS resource, any(scope) AS scope, any(scope_version) AS scope_version,
            any(scope_attributes) AS scope_attributes, any(attributes) AS attributes
          FROM metric_series WHERE tenant = 'acme' GROUP BY series_id)
      SELECT p.seq AS seq, p.`index` AS position,
        [toUnixTimestamp64Nano(p.start), toUnixTimestamp64Nano(p.time), toInt64(flags)] AS times,
        %s AS data,
        name, unit, toString(s.type) AS type, toString(s.temporality) AS temporality,
        s.monotonic AS monotonic, s.service AS service, s.resource AS resource, scope,
        scope_version, scope_attributes, s.attributes AS attributes,
        p.metric = name AND p.service = s.service AND p.temporality = s.temporality AS consistent
      FROM %s AS p JOIN series AS s USING (series_id)
      WHERE tenant = 'acme'
      """;

  private static final String EXEMPLARS =
      """
      WITH (x -> if(isNull(x), '-', toString(reinterpretAsInt64(assumeNotNull(x))))) AS bits
      SELECT seq, `index` AS position, ordinal, toUnixTimestamp64Nano(time) AS nanos,
        bits(value_int) AS whole, bits(value_double) AS real,
        lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span, attributes
      FROM metric_exemplars WHERE tenant = 'acme'
      """;

  @Test
  void everyPointComesBackWhole() {
    long seed = new Random().nextLong();
    RandomMetrics metrics = new RandomMetrics(new Random(seed));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    MetricLines expected = new MetricLines();
    for (int seq = 0; seq < 60; seq++) {
      ExportMetricsServiceRequest request = metrics.request();
      records.add(Records.accepted("acme", "eu", seq, request));
      records.add(
          Records.accepted(
              "acme", "eu", 1_000 + seq, new RandomSpans(new Random(seq), 1).request()));
      expected.add(seq, request);
    }
    MetricMapper mapper = new MetricMapper(new CollectorRegistry());
    store(mapper, MetricMapper.TABLES, records.subList(0, 40));
    store(mapper, MetricMapper.TABLES, records.subList(40, records.size()));

    assertThat(storedPoints())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected.points);
    assertThat(storedExemplars())
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected.exemplars);
    assertThat(expected.points).hasSizeGreaterThan(200);
    checkIdentities(expected.points.size());
  }

  /** A batch that failed must bring its series again; one that was stored need not. */
  @Test
  void aSeriesIsWrittenOnceAnHourAndAgainUntilItIsStored() {
    MetricMapper mapper = new MetricMapper(new CollectorRegistry());
    ConsumerRecord<byte[], byte[]> record =
        Records.accepted("rows", "eu", 1, new RandomMetrics(new Random(8)).request());
    int first = seriesRows(mapper, record);
    assertThat(first).isPositive();
    assertThat(seriesRows(mapper, record)).isEqualTo(first);
    mapper.stored();
    assertThat(seriesRows(mapper, record)).isZero();
    assertThat(mapper.blocks().subList(1, 5).stream().mapToInt(NativeBlock::rows).sum())
        .isEqualTo(mapper.rows(record));
  }

  private static int seriesRows(MetricMapper mapper, ConsumerRecord<byte[], byte[]> record) {
    mapper.clear();
    mapper.append(record);
    return mapper.blocks().getFirst().rows();
  }

  /** Evidence of promise 2 at the tables: a row has one name. */
  private void checkIdentities(int points) {
    Row row =
        query.one(
            Sql.of(
                """
                SELECT count() AS c, uniqExact(region, task, seq, `index`) AS u
                FROM (SELECT region, task, seq, `index` FROM metric_points UNION ALL
                  SELECT region, task, seq, `index` FROM metric_histograms UNION ALL
                  SELECT region, task, seq, `index` FROM metric_exponential_histograms UNION ALL
                  SELECT region, task, seq, `index` FROM metric_summaries)
                """));
    assertThat(row.number("c")).isEqualTo(points);
    assertThat(row.number("u")).isEqualTo(points);
  }

  private List<String> storedPoints() {
    List<String> lines = new ArrayList<>();
    read(lines, "metric_points", "[bits(value_int), bits(value_double)]");
    read(
        lines,
        "metric_histograms",
        "["
            + "toString(reinterpretAsInt64(count)), bits(sum), bits(min), bits(max),"
            + "toString(arrayMap(x -> reinterpretAsInt64(x), bounds)),"
            + "toString(arrayMap(x -> reinterpretAsInt64(x), counts))]");
    read(
        lines,
        "metric_exponential_histograms",
        "[toString(reinterpretAsInt64(count)), bits(sum), bits(min), bits(max), toString(scale),"
            + "toString(reinterpretAsInt64(zero_count)), bits(zero_threshold),"
            + "toString(positive_offset),"
            + "toString(arrayMap(x -> reinterpretAsInt64(x), positive_counts)),"
            + "toString(negative_offset),"
            + "toString(arrayMap(x -> reinterpretAsInt64(x), negative_counts))]");
    read(
        lines,
        "metric_summaries",
        "[toString(reinterpretAsInt64(count)), bits(sum),"
            + "toString(arrayMap(x -> reinterpretAsInt64(x), quantiles)),"
            + "toString(arrayMap(x -> reinterpretAsInt64(x), quantile_values))]");
    return lines;
  }

  private void read(List<String> lines, String table, String data) {
    for (Row row : query.rows(Sql.of(POINTS.formatted(data, table)))) {
      assertThat(row.number("consistent")).isEqualTo(1);
      lines.add(
          MetricLines.line(
              row.number("seq"),
              row.number("position"),
              words(row.list("times")),
              words(row.list("data")),
              row.text("name"),
              row.text("unit"),
              row.text("type"),
              row.text("temporality"),
              row.text("monotonic"),
              row.text("service"),
              row.texts("resource"),
              row.text("scope"),
              row.text("scope_version"),
              row.texts("scope_attributes"),
              row.texts("attributes")));
    }
  }

  private List<String> storedExemplars() {
    return query.rows(Sql.of(EXEMPLARS)).stream()
        .map(
            row ->
                MetricLines.line(
                    row.number("seq"),
                    row.number("position"),
                    row.number("ordinal"),
                    row.number("nanos"),
                    row.text("whole"),
                    row.text("real"),
                    row.text("trace"),
                    row.text("span"),
                    row.texts("attributes")))
        .toList();
  }

  private static String words(List<?> values) {
    return MetricLines.line(values.stream().map(v -> v.toString().replace(",", ", ")).toArray());
  }
}
