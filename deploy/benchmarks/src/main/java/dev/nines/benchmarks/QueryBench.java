// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.archive.TraceSearch;
import dev.nines.archive.Traces;
import dev.nines.benchmarks.load.SpanBatch;
import dev.nines.embedded.ClickHouseProcess;
import dev.nines.embedded.KafkaProcess;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Warehouse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * {@code bench query}: what a span takes on disk, and how long a trace by its id and searches by
 * attribute and by operation take, in a table that role archive filled.
 */
public final class QueryBench {

  private static final String TENANT = "default";

  /** Of the first span of each trace. */
  private static final String SERVICE = "service-0";

  private static final Instant FIRST = Instant.parse("2026-06-01T00:00:00Z");

  /** Between batches: 10 million spans are 33 minutes of 5,120 spans a second. */
  private static final Duration BATCH_EVERY = Duration.ofMillis(100);

  private static final int BY_ID = 300;
  private static final int BY_ATTRIBUTE = 100;
  private static final int BY_RARE = 30;

  /** Name, and an attribute, of one span of the first batch. */
  private static final String RARE = "needle=haystack";

  private static final Duration STORED_WITHIN = Duration.ofMinutes(30);

  private static final double BYTES_MAX = 50;
  private static final double BY_ID_MILLIS_MAX = 50;
  private static final double SEARCH_MILLIS_MAX = 100;

  private final Path home;
  private final long spans;
  private final Optional<Path> report;
  private final Teller teller;
  private final String commit;
  private final Random random = new Random(1);

  /** Of spans that were written: ids of their traces, and an attribute of each. */
  private final List<String> known = new ArrayList<>();

  private final List<String> pairs = new ArrayList<>();
  private final List<String> operations = new ArrayList<>();

  public QueryBench(Path home, long spans, Optional<Path> report, PrintStream out) {
    this.home = home;
    this.spans = spans;
    this.report = report;
    this.teller = new Teller(out);
    commit = Machine.commit(home);
  }

  /**
   * True when every goal is reached.
   *
   * @throws BenchFailedException when there are no figures
   */
  public boolean run() {
    Path folder = Scratch.make();
    try (KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"));
        ClickHouseProcess clickHouse = ClickHouseProcess.start(folder.resolve("clickhouse"));
        KafkaLog log = new KafkaLog(kafka.bootstrapServers());
        Table table = new Table(clickHouse.url())) {
      teller.say("%,d spans on %s, commit %s", spans, Machine.name(), commit);
      try (NinesArchive archive =
          new NinesArchive(home, folder, kafka.bootstrapServers(), clickHouse.url(), log)) {
        fill(archive, kafka.bootstrapServers(), table);
      }
      teller.say("  stored; merging parts");
      table.ask("OPTIMIZE TABLE nines.spans FINAL");
      table.ask("OPTIMIZE TABLE nines.trace_times FINAL");
      Warehouse warehouse =
          new Warehouse(URI.create(clickHouse.url()), NinesArchive.DATABASE, "default", "");
      try (Query query = new Query(warehouse, QueryLimits.DEFAULT)) {
        return conclude(table, new Traces(query));
      }
    } finally {
      Scratch.delete(folder);
    }
  }

  private void fill(NinesArchive archive, String kafka, Table table) {
    table.await(archive.table());
    long batches = Math.ceilDiv(spans, SpanBatch.SPANS);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", kafka, "compression.type", "lz4", "max.request.size", 2 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (long number = 0; number < batches; number++) {
        long first = TimeUnit.MILLISECONDS.toNanos(FIRST.toEpochMilli());
        ExportTraceServiceRequest batch =
            SpanBatch.of(number, first + number * BATCH_EVERY.toNanos());
        if (number % Math.max(1, batches / BY_ID) == 0) {
          know(batch);
        }
        byte[] body = (number == 0 ? withNeedle(batch) : batch).toByteArray();
        var _ = producer.send(archive.record(number, body));
        if (number % 2_000 == 1_999) {
          teller.say(
              "  %,d written, %,d stored",
              (number + 1) * SpanBatch.SPANS, table.rows(archive.table()));
        }
      }
    }
    awaitRows(table, archive.table(), batches * SpanBatch.SPANS);
  }

  private static void awaitRows(Table table, String name, long expected) {
    long until = System.nanoTime() + STORED_WITHIN.toNanos();
    long rows = table.rows(name);
    while (rows < expected && System.nanoTime() < until) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      rows = table.rows(name);
    }
    if (rows != expected) {
      throw new BenchFailedException("%,d of %,d spans are stored".formatted(rows, expected));
    }
  }

  private static ExportTraceServiceRequest withNeedle(ExportTraceServiceRequest batch) {
    ExportTraceServiceRequest.Builder all = batch.toBuilder();
    String[] pair = RARE.split("=");
    all.getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(1)
        .setName(RARE)
        .addAttributes(
            KeyValue.newBuilder()
                .setKey(pair[0])
                .setValue(AnyValue.newBuilder().setStringValue(pair[1])));
    return all.build();
  }

  private void know(ExportTraceServiceRequest batch) {
    Span span = batch.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    known.add(HexFormat.of().formatHex(span.getTraceId().toByteArray()));
    if (operations.size() == BY_ATTRIBUTE) {
      return;
    }
    operations.add(span.getName());
    span.getAttributesList().stream()
        .filter(attribute -> attribute.getValue().hasStringValue())
        .skip(random.nextInt(5))
        .findFirst()
        .map(attribute -> attribute.getKey() + "=" + attribute.getValue().getStringValue())
        .ifPresent(pairs::add);
  }

  private boolean conclude(Table table, Traces traces) {
    boolean reached = true;
    double bytes = perSpan(table, "spans");
    teller.say(
        "  of that: index of trace ids by time %.1f bytes a span", perSpan(table, "trace_times"));
    reached &= tell("bytes-per-span", bytes, "bytes", BYTES_MAX);
    List<String> rare = Collections.nCopies(BY_RARE, RARE);
    Consumer<String> byId = id -> found(traces.find(TENANT, id).isPresent(), id);
    Consumer<String> byAttribute = pair -> find(traces, "", pair);
    Consumer<String> byOperation = name -> find(traces, name);
    reached &= time("trace-by-id", known, byId, BY_ID_MILLIS_MAX);
    reached &= time("search-by-attribute", pairs, byAttribute, SEARCH_MILLIS_MAX);
    reached &= time("search-by-operation", operations, byOperation, SEARCH_MILLIS_MAX);
    reached &= time("search-by-rare-attribute", rare, byAttribute, SEARCH_MILLIS_MAX);
    reached &= time("search-by-rare-operation", rare, byOperation, SEARCH_MILLIS_MAX);
    teller.say(reached ? "Every goal is reached." : "Not every goal is reached.");
    return reached;
  }

  private void find(Traces traces, String operation, String... pairs) {
    boolean found = !traces.search(search(operation, pairs)).traces().isEmpty();
    found(found, operation + String.join(",", pairs));
  }

  /** In the range of all that is stored, which ends two seconds after its newest span. */
  private TraceSearch search(String operation, String... pairs) {
    Instant end = FIRST.plus(BATCH_EVERY.multipliedBy(Math.ceilDiv(spans, SpanBatch.SPANS)));
    return new TraceSearch(
        TENANT,
        operation.isEmpty() ? "" : SERVICE,
        operation,
        "",
        List.of(pairs),
        false,
        0,
        FIRST,
        end.plus(Duration.ofSeconds(2)),
        20,
        null);
  }

  /** With its indexes and marks, merged, of what the generator makes. */
  private static double perSpan(Table table, String name) {
    return Double.parseDouble(
        table.ask(
            """
            SELECT sum(bytes_on_disk) / (SELECT count() FROM nines.spans) FROM system.parts
            WHERE database = 'nines' AND active AND table = '%s'
            """
                .formatted(name)));
  }

  private static void found(boolean there, String what) {
    if (!there) {
      throw new BenchFailedException(what + " is stored and was not found");
    }
  }

  /** Of each by itself, one after the other; the first tenth warms the reader up. */
  private static List<Double> millis(List<String> questions, Consumer<String> ask) {
    questions.subList(0, questions.size() / 10).forEach(ask);
    List<Double> millis = new ArrayList<>();
    for (String question : questions) {
      long before = System.nanoTime();
      ask.accept(question);
      millis.add((System.nanoTime() - before) / 1e6);
    }
    return millis;
  }

  private boolean time(
      String metric, List<String> questions, Consumer<String> ask, double mostMillis) {
    List<Double> millis = millis(questions, ask);
    List<Double> sorted = millis.stream().sorted().toList();
    teller.say(
        "  %-20s median %.1f ms, 95 %% %.1f ms, slowest %.1f ms of %d",
        metric,
        Spread.of(millis).median(),
        sorted.get(sorted.size() * 95 / 100),
        sorted.getLast(),
        sorted.size());
    return tell(metric, Spread.of(millis).median(), "ms", mostMillis);
  }

  private boolean tell(String metric, double value, String unit, double most) {
    boolean reached = value <= most;
    teller.say(
        "  %-20s %.1f %s, goal at most %.0f%s",
        metric, value, unit, most, reached ? "" : "  MISSED");
    double rounded = Math.round(10 * value) / 10.0;
    report.ifPresent(
        file ->
            new Report(file)
                .append(
                    List.of(
                        new Figure(
                            "query",
                            metric + "-at-" + String.format(Locale.ROOT, "%d", spans) + "-spans",
                            rounded,
                            unit,
                            false,
                            null,
                            null,
                            null,
                            Machine.name(),
                            commit))));
    return reached;
  }
}
