// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.archive.graph.GraphRoll;
import dev.nines.archive.graph.ServiceGraph;
import dev.nines.archive.retention.RetainedTables;
import dev.nines.archive.retention.Retention;
import dev.nines.archive.retention.Retention.Days;
import dev.nines.embedded.ClickHouseProcess;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.warehouse.Migrations;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.Warehouse;
import dev.nines.warehouse.Writer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same migrations where the database is a cluster, here of one node: the engine of the tests
 * takes no connection from another and replicates nothing. Decision 35 says what that leaves out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {

  private static final String CONFIG =
      """
      <clickhouse>
        <tcp_port>9000</tcp_port>
        <remote_servers><nines><shard>
          <internal_replication>true</internal_replication>
          <replica><host>127.0.0.1</host><port>9000</port></replica>
        </shard></nines></remote_servers>
      </clickhouse>
      """;

  private ClickHouseProcess clickHouse;
  private Warehouse warehouse;
  private Query query;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    Files.writeString(data.resolve("clickhouse.xml"), CONFIG);
    clickHouse = ClickHouseProcess.start(data);
    warehouse = new Warehouse(URI.create(clickHouse.url()), "nines", "default", "");
    query = new Query(warehouse, QueryLimits.DEFAULT);
    begin();
    Schema.migrate(new Migrations(warehouse, QueryLimits.DEFAULT));
  }

  /** As a cluster, which a database of engine Replicated would by itself. */
  private void begin() {
    try (Query server =
        new Query(warehouse.withDatabase(Warehouse.DEFAULT_DATABASE), QueryLimits.DEFAULT)) {
      server.execute(Sql.of("CREATE DATABASE nines"));
    }
    query.execute(
        Sql.of(
            """
            CREATE TABLE nines_migrations_local (owner String, file String, checksum String,
              applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
            ENGINE = ReplacingMergeTree ORDER BY (owner, file, checksum)
            """));
    query.execute(
        Sql.of(
            """
            CREATE TABLE nines_migrations AS nines_migrations_local
            ENGINE = Distributed('nines', 'nines', 'nines_migrations_local', cityHash64(owner))
            """));
  }

  @AfterAll
  void stop() {
    query.close();
    clickHouse.close();
  }

  @Test
  void eachTableIsInTheShardsAndOverThem() {
    TreeSet<String> local = names("engine LIKE '%MergeTree'");
    TreeSet<String> over = names("engine = 'Distributed'");
    assertThat(local).hasSizeGreaterThan(19).allMatch(name -> name.endsWith("_local"));
    assertThat(over).extracting(name -> name + "_local").containsExactlyElementsOf(local);
    assertThat(names("engine NOT LIKE '%MergeTree' AND engine != 'Distributed'"))
        .containsExactly("trace_times_view");
  }

  /** Also those that came later. */
  @Test
  void bothHaveTheSameColumns() {
    for (String over : names("engine = 'Distributed'")) {
      assertThat(columns(over)).as(over).isEqualTo(columns(over + "_local")).isNotEmpty();
    }
    assertThat(columns("spans")).contains("adjusted_count Float64 DEFAULT");
  }

  @Test
  void aRepeatIsStoredOnceAndFoundByEveryWay() {
    RandomSpans random = new RandomSpans(new Random(3), 5);
    SpanMapper mapper = new SpanMapper();
    mapper.append(Records.accepted("acme", "eu", 1, random.request()));
    int spans = mapper.blocks().getFirst().rows();
    try (Writer writer = new Writer(warehouse, Duration.ofSeconds(20))) {
      for (int i = 0; i < 3; i++) {
        writer.insert("spans", mapper.blocks().getFirst(), "token");
      }
    }
    assertThat(count("SELECT count() AS c FROM spans_local")).isEqualTo(spans);
    assertThat(count("SELECT uniqExact(trace_id) AS c FROM spans_local"))
        .isEqualTo(count("SELECT uniqExact(trace_id) AS c FROM trace_times_local"));
    Traces traces = new Traces(query);
    long found =
        random.traces().stream()
            .map(id -> HexFormat.of().formatHex(id.toByteArray()))
            .mapToLong(id -> traces.find("acme", id).map(trace -> trace.spans().size()).orElse(0))
            .sum();
    assertThat(found).isEqualTo(spans);
    assertThat(new Accounting(query).read("acme", Records.APPENDED.minusSeconds(60)))
        .singleElement()
        .satisfies(account -> assertThat(account.stored()).isEqualTo(spans));
    Instant later = Records.APPENDED.plus(Duration.ofMinutes(10));
    assertThat(new GraphRoll(query, new CollectorRegistry(), () -> later).look(0)).isPositive();
    ServiceGraph.Question question =
        new ServiceGraph.Question(
            "acme", "", "", Records.APPENDED.minusSeconds(7_200), later, 1_000);
    assertThat(new ServiceGraph(query).edges(question)).isNotEmpty();
  }

  @Test
  void thePastOfSeriesIsCountedOverTheShards() {
    Instant line = Records.APPENDED.truncatedTo(ChronoUnit.MINUTES);
    MetricMapper mapper = new MetricMapper(new CollectorRegistry());
    mapper.append(Records.accepted("acme", "eu", 1, orders(line.minusSeconds(90), 7)));
    mapper.append(Records.accepted("acme", "eu", 2, orders(line.minusSeconds(30), 9)));
    try (Writer writer = new Writer(warehouse, Duration.ofSeconds(20))) {
      for (int i = 0; i < 2; i++) {
        writer.insert(MetricMapper.TABLES.get(i), mapper.blocks().get(i), "points" + i);
      }
    }
    MetricSelection orders = new MetricSelection("orders", "", Map.of(), List.of());
    Slo slo =
        PastSpans.slo(
            new SloId("acme", "orders"),
            new CounterIndicator(orders, orders, CounterIndicator.Part.GOOD),
            Duration.ofDays(1),
            "");
    Instant seen = Records.APPENDED.plusSeconds(600);
    Question question =
        new Question(slo, line.minusSeconds(60), line, line, Instant.EPOCH, seen, line, line);
    assertThat(new StoredHistory(query, Retention.DEFAULT).count(question).orElseThrow())
        .isEqualTo(Map.of("eu", List.of(new Cell(line.minusSeconds(60).getEpochSecond(), 2, 2))));
  }

  private static ExportMetricsServiceRequest orders(Instant time, long value) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request
        .addResourceMetricsBuilder()
        .addScopeMetricsBuilder()
        .addMetricsBuilder()
        .setName("orders")
        .getSumBuilder()
        .setIsMonotonic(true)
        .setAggregationTemporalityValue(2)
        .addDataPointsBuilder()
        .setTimeUnixNano(time.getEpochSecond() * 1_000_000_000L)
        .setAsInt(value);
    return request.build();
  }

  @Test
  void retentionIsOfTheTablesThatHaveTheRows() {
    new RetainedTables(query).apply(new Retention(new Days(7, 30), Map.of()));
    Sql sql =
        Sql.of("SELECT create_table_query AS q FROM system.tables WHERE name = 'spans_local'");
    assertThat(query.one(sql).text("q")).contains("toIntervalDay(7)").contains("'kept 7 {}'");
  }

  private TreeSet<String> names(String condition) {
    TreeSet<String> names = new TreeSet<>();
    Sql sql =
        Sql.of(
            "SELECT name FROM system.tables WHERE database = 'nines' AND (%s)"
                .formatted(condition));
    query.rows(sql).forEach(row -> names.add(row.text("name")));
    return names;
  }

  private List<String> columns(String table) {
    Sql sql =
        Sql.of(
            """
            SELECT concat(name, ' ', type, ' ', default_kind) AS c FROM system.columns
            WHERE database = 'nines' AND table = {table:String} ORDER BY position
            """);
    return query.rows(sql.with("table", table)).stream().map(row -> row.text("c")).toList();
  }

  private long count(String sql) {
    return query.one(Sql.of(sql)).number("c");
  }
}
