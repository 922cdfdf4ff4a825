// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.TimeWindow;
import dev.nines.transport.BufferedStore;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.Stores;

/** The topology under a clock of its own, which starts on a boundary. */
final class Bench implements AutoCloseable {

  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final SloId CHECKOUT = new SloId("default", "checkout");

  final Objectives objectives = new Objectives();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;
  private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private Instant now;

  Bench(Path state) {
    this(state, START);
  }

  /**
   * @param start a boundary
   */
  Bench(Path state, Instant start) {
    this(state, start, () -> 0);
  }

  /**
   * @param nanoTime see {@link SpareTime}
   */
  Bench(Path state, Instant start, LongSupplier nanoTime) {
    this.now = start;
    EvaluationConfig config = EvaluationConfig.of("unused:1", state, "0");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "evaluation-test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    this.driver =
        new TopologyTestDriver(
            EvaluationTopology.build(
                config,
                objectives,
                new EvaluationMetrics(new CollectorRegistry()),
                Stores::inMemoryKeyValueStore,
                nanoTime),
            properties,
            start);
    this.input =
        driver.createInputTopic(
            ObjectiveTopics.SLI_COUNTS.name(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static Slo slo(String name, long line, String target, Duration period, BurnPolicy... policies) {
    return new Slo(
        new SloId("default", name),
        line,
        "checkout",
        name,
        "",
        Map.of(),
        new SpanIndicator("checkout", "", "", Map.of(), new SpanPredicate.StatusError()),
        new BigDecimal(target),
        new RollingWindow(period),
        List.of(policies),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
  }

  /** One of many that are alike. */
  static Slo numbered(int number) {
    return slo(
        numberedId(number).name(),
        1,
        "0.9",
        Duration.ofHours(1),
        policy(Duration.ofMinutes(10), Duration.ofMinutes(1), "2"));
  }

  static SloId numberedId(int number) {
    return new SloId("default", "slo-" + number);
  }

  /** The same objective with another word on vanished traffic. */
  static Slo vanished(Slo slo, Slo.Vanished vanished) {
    return with(slo, slo.period(), slo.budgeting(), slo.minFailures(), slo.missing(), vanished);
  }

  /** The same objective: what is missing is bad. */
  static Slo missingIsBad(Slo slo) {
    Slo.Missing bad = Slo.Missing.BAD;
    return with(slo, slo.period(), slo.budgeting(), slo.minFailures(), bad, slo.vanished());
  }

  /** The same objective over another period. */
  static Slo over(TimeWindow period, Slo slo) {
    return with(slo, period, slo.budgeting(), slo.minFailures(), slo.missing(), slo.vanished());
  }

  /** The same objective: slices spend its budget. */
  static Slo sliced(Budgeting budgeting, Slo slo) {
    return with(slo, slo.period(), budgeting, slo.minFailures(), slo.missing(), slo.vanished());
  }

  /** The same objective: its policies need so many failures. */
  static Slo minFailures(long failures, Slo slo) {
    return with(slo, slo.period(), slo.budgeting(), failures, slo.missing(), slo.vanished());
  }

  /** The same objective over other events. */
  static Slo counting(Indicator indicator, Slo slo) {
    return new Slo(
        slo.id(),
        slo.line(),
        slo.service(),
        slo.displayName(),
        slo.description(),
        slo.labels(),
        indicator,
        slo.target(),
        slo.period(),
        slo.budgeting(),
        slo.policies(),
        slo.confidence(),
        slo.minFailures(),
        slo.missing(),
        slo.groupBy(),
        slo.vanished(),
        slo.gate(),
        slo.excludedGood());
  }

  private static Slo with(
      Slo slo,
      TimeWindow period,
      Budgeting budgeting,
      long minFailures,
      Slo.Missing missing,
      Slo.Vanished vanished) {
    return new Slo(
        slo.id(),
        slo.line(),
        slo.service(),
        slo.displayName(),
        slo.description(),
        slo.labels(),
        slo.indicator(),
        slo.target(),
        period,
        budgeting,
        slo.policies(),
        slo.confidence(),
        minFailures,
        missing,
        slo.groupBy(),
        vanished,
        slo.gate(),
        slo.excludedGood());
  }

  static BurnPolicy policy(Duration longWindow, Duration shortWindow, String factor) {
    return new BurnPolicy(
        "page-" + longWindow,
        longWindow,
        shortWindow,
        new BigDecimal(factor),
        BurnPolicy.Severity.PAGE);
  }

  void apply(long number, Instant effectiveFrom, Slo... slos) {
    objectives.add(new Generation("default", number, effectiveFrom, List.of(slos)));
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  /** Counts of now. */
  CountRecord.Counts counts(SloId slo, long line, String region, Instant at, Cell... cells) {
    return new CountRecord.Counts(slo, line, region, at, List.of(cells), 0, "0_0", next(region));
  }

  CountRecord.CompleteTo progress(
      String region, int partition, int partitions, Instant at, boolean goodbye) {
    return new CountRecord.CompleteTo(
        region, partition, partitions, at, at.minusSeconds(30), goodbye, "0_0", next(region));
  }

  void send(CountRecord record) {
    input.pipeInput(
        new byte[0], new JsonSerde<>(CountRecord.class).write(record), now.toEpochMilli());
  }

  List<BurnRecord.Change> changes() {
    return values(ObjectiveTopics.SLO_BURN, BurnRecord.class).stream()
        .filter(BurnRecord.Change.class::isInstance)
        .map(BurnRecord.Change.class::cast)
        .toList();
  }

  List<BurnRecord.Vanished> vanished() {
    return values(ObjectiveTopics.SLO_BURN, BurnRecord.class).stream()
        .filter(BurnRecord.Vanished.class::isInstance)
        .map(BurnRecord.Vanished.class::cast)
        .toList();
  }

  List<SloStatus> statuses() {
    return values(ObjectiveTopics.SLO_STATUS, SloStatus.class);
  }

  long alive() {
    return values(ObjectiveTopics.SLO_BURN, BurnRecord.class).stream()
        .filter(BurnRecord.Alive.class::isInstance)
        .count();
  }

  /** Records in the store of the ladders. */
  long chunks() {
    BufferedStore store = (BufferedStore) driver.getStateStore(EvaluationTask.CELLS);
    long chunks = 0;
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        entries.next();
        chunks++;
      }
    }
    return chunks;
  }

  /** Records in the store of what vanished. */
  long vanishings() {
    return driver.getKeyValueStore(EvaluationTask.VANISHINGS).approximateNumEntries();
  }

  List<LedgerDelta> ledger() {
    return values(ObjectiveTopics.SLO_LEDGER, LedgerDelta.class);
  }

  <T> List<T> values(Topic topic, Class<T> type) {
    JsonSerde<T> json = new JsonSerde<>(type);
    return outputs
        .computeIfAbsent(
            topic,
            t ->
                driver.createOutputTopic(
                    t.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer()))
        .readValuesToList()
        .stream()
        .map(json::read)
        .toList();
  }

  @Override
  public void close() {
    driver.close();
  }

  private long next(String region) {
    return sequences.merge(region, 1L, Long::sum);
  }
}
