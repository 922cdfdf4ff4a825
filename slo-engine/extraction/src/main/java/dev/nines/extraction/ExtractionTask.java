// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.Progress;
import dev.nines.telemetry.Sampling;
import dev.nines.telemetry.Signal;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Decides what counts, forwards it, and counts it, all in one transaction. A record that breaks the
 * rules of our own topic goes to quarantine with its reason and is accounted for: the alternative,
 * to stop, would let one bad record end the counting of every region in the task.
 */
final class ExtractionTask {

  static final String SEEN = "seen";
  static final String PENDING = "pending";
  static final String SEQUENCES = "sequences";
  static final String COLLECTORS = "collectors";

  private static final int PENDING_KEYS_MAX = 50_000;

  /**
   * RED rows go out each second while there are few; many wait and grow together, or there would be
   * nearly as many as spans, and each is stored in three tables.
   */
  private static final int ROLLUPS_FEW = 500;

  /** Some 20 MB of memory. */
  private static final int ROLLUPS_MAX = 50_000;

  private static final int ROLLUPS_WAIT_SECONDS = 5;

  private final ExtractionConfig config;
  private final ExtractionMetrics metrics;
  private final ProcessorContext<byte[], Outbound> context;
  private final Objectives objectives;
  private final SpanCount spanCount;
  private final PointCount pointCount;
  private final Seen seen;
  private final Sums pending;
  private final Sequences sequences;
  private final Completion completion;
  private final Emission emission;
  private final Map<String, Interest> interestByRegion = new HashMap<>();
  private final String task;
  private int pendingKeys = 1;
  private int rollupsWaitedSeconds;

  ExtractionTask(
      ExtractionConfig config,
      Objectives objectives,
      ExtractionMetrics metrics,
      ProcessorContext<byte[], Outbound> context) {
    this.config = config;
    this.metrics = metrics;
    this.context = context;
    this.task = context.taskId().toString();
    this.objectives = objectives;
    OperationLimit limit =
        new OperationLimit(config.operationsPerService(), metrics.operationsOverLimit);
    this.spanCount = new SpanCount(objectives, new RollupKeys(limit));
    this.pointCount = new PointCount(objectives);
    this.seen = new Seen(context.getStateStore(SEEN), config.duplicateWindow());
    this.pending = new Sums(context.getStateStore(PENDING));
    this.sequences = new Sequences(context.getStateStore(SEQUENCES));
    this.completion = new Completion(context.getStateStore(COLLECTORS));
    this.emission = new Emission(pending, sequences, task, this::forward);
  }

  void process(Record<byte[], byte[]> record) {
    RecordMetadata place = context.recordMetadata().orElseThrow();
    String region = TelemetryTopics.region(place.topic());
    switch (Input.read(record)) {
      case Input.Batch(Envelope envelope) -> batch(record, envelope, region, place);
      case Input.Report(var progress) -> report(region, progress, record.timestamp());
      case Input.Broken(String reason) -> quarantine(record, place, reason);
    }
  }

  /** Counts first, then the progress that covers them. */
  void emitCounts(long nowMillis) {
    drainCounts();
    for (String region : completion.regions()) {
      completion.take(region, nowMillis).ifPresent(reach -> tell(region, reach));
    }
  }

  /** To the second stage only while an SLO needs it: that is as many records again. */
  private void tell(String region, Completion.Reach reach) {
    Instant progressAt = reach.progressAt();
    SeriesRecord.Reach record =
        new SeriesRecord.Reach(
            region,
            context.taskId().partition(),
            config.partitions(),
            progressAt,
            reach.goodbye() ? progressAt : progressAt.minus(config.lateness()),
            reach.goodbye());
    emission.completeTo(record, false);
    if (objectives.countsMetrics()) {
      emission.reach(record);
    }
  }

  /** Called once a second. */
  void emitRows() {
    emitRollups();
    emission.accounting();
    metrics.expired.inc(seen.expire());
  }

  private void emitRollups() {
    rollupsWaitedSeconds++;
    boolean few = pending.size(BatchRollups.KIND) <= ROLLUPS_FEW;
    if (few || rollupsWaitedSeconds >= ROLLUPS_WAIT_SECONDS) {
      emission.rollups();
      rollupsWaitedSeconds = 0;
    }
  }

  private void report(String region, Progress progress, long appendedAt) {
    if (completion.report(region, progress, appendedAt)) {
      emitCounts(context.currentSystemTimeMs());
    }
  }

  private void batch(
      Record<byte[], byte[]> record, Envelope envelope, String region, RecordMetadata place) {
    long appendedAt = record.timestamp();
    account(envelope, region, Heading.ACCEPTED, "", appendedAt);
    if (!seen.first(region, envelope, appendedAt)) {
      account(envelope, region, Heading.DEDUPLICATED, "", appendedAt);
      metrics.batches.labels("duplicate").inc();
      return;
    }
    try {
      count(envelope, region, appendedAt);
    } catch (MalformedOtlp e) {
      account(envelope, region, Heading.COUNTED_ONLY, "malformed", appendedAt);
      quarantine(record, place, String.valueOf(e.getMessage()));
      return;
    }
    accept(record, envelope, region, place.partition());
    account(envelope, region, Heading.FORWARDED, "", appendedAt);
    metrics.batches.labels("counted").inc();
  }

  private void count(Envelope envelope, String region, long appendedAt) {
    switch (Signal.of(envelope.signal())) {
      case TRACES -> countSpans(envelope, region, appendedAt);
      case METRICS -> add(pointCount.count(envelope, region, appendedAt), region, appendedAt);
    }
  }

  private void countSpans(Envelope envelope, String region, long appendedAt) {
    Interest.@Nullable Batch told = isSampled(envelope) ? open(envelope, region, appendedAt) : null;
    add(spanCount.count(envelope, region, appendedAt, told), region, appendedAt);
    if (told != null) {
      emission.interest(told.tell());
    }
  }

  /** Each region has its own time: one may catch up hours behind the others. */
  private Interest.Batch open(Envelope envelope, String region, long appendedAt) {
    return interestByRegion
        .computeIfAbsent(region, r -> new Interest(metrics))
        .open(envelope.tenant(), appendedAt);
  }

  private boolean isSampled(Envelope envelope) {
    return envelope.signal().equals(Envelope.TRACES)
        && config.sampledTenants().contains(envelope.tenant());
  }

  private void add(SpanCount.Tally tally, String region, long appendedAt) {
    pendingKeys += tally.counts.addTo(pending, region, appendedAt);
    tally.rollups.addTo(pending, appendedAt);
    metrics.spans.inc(tally.spans);
    metrics.skewed.inc(tally.skewed);
    metrics.outsideBudgets.inc(tally.tooOld);
    drainFull();
  }

  private void add(PointCount.Tally tally, String region, long appendedAt) {
    for (PointCount.Delta delta : tally.deltas) {
      MetricCounts.add(
          pending,
          delta.use(),
          delta.events(),
          region,
          delta.sliceStartSeconds(),
          delta.skewed(),
          appendedAt);
      pendingKeys++;
    }
    tally.cumulative.forEach(emission::point);
    tally.outcomes.forEach((outcome, points) -> metrics.points.labels(outcome).inc(points));
    drainFull();
  }

  private void drainFull() {
    if (pendingKeys > PENDING_KEYS_MAX) {
      drainCounts();
    }
    if (pending.size(BatchRollups.KIND) > ROLLUPS_MAX) {
      emission.rollups();
    }
  }

  private void accept(
      Record<byte[], byte[]> record, Envelope envelope, String region, int partition) {
    Acceptance acceptance =
        new Acceptance(
            Instant.ofEpochMilli(record.timestamp()), region, task, sequences.next(region));
    acceptance.headers().forEach(record.headers()::add);
    if (isSampled(envelope)) {
      Sampling.pending().forEach(record.headers()::add);
    }
    context.forward(
        record.withValue(Outbound.to(TelemetryTopics.accepted(region), partition, record.value())));
  }

  private void quarantine(Record<byte[], byte[]> record, RecordMetadata place, String reason) {
    metrics.batches.labels("broken").inc();
    String source = place.topic() + '/' + place.partition() + '/' + place.offset();
    record.headers().add("reason", reason.getBytes(UTF_8)).add("source", source.getBytes(UTF_8));
    byte[] value = record.value() == null ? new byte[0] : record.value();
    context.forward(record.withValue(Outbound.byKey(TelemetryTopics.QUARANTINE, value)));
  }

  private void account(
      Envelope envelope, String region, Heading heading, String reason, long appendedAt) {
    List<String> texts =
        List.of(envelope.tenant(), region, envelope.signal(), heading.name(), reason);
    pending.add(new SumKey(Emission.ACCOUNTING, texts, List.of()), appendedAt, envelope.items());
  }

  private void drainCounts() {
    if (pendingKeys > 0) {
      metrics.counts.inc(emission.counts());
      pendingKeys = 0;
    }
  }

  private void forward(byte[] key, Outbound outbound) {
    context.forward(new Record<>(key, outbound, context.currentSystemTimeMs()));
  }
}
