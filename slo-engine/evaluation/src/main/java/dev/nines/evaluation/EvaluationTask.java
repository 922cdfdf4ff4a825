// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.Sums;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One partition of {@code sli.counts}: all regions of its SLOs, so that the global scope needs no
 * other task. Counts without a definition yet go to ladder and ledger, and are judged when it is
 * there; counts of a line that is no longer in force do the same and are judged no more.
 */
final class EvaluationTask {

  static final String CELLS = "cells";
  static final String HEADS = "heads";
  static final String ALERTS = "alerts";
  static final String REGIONS = "regions";
  static final String GROUPS = "groups";
  static final String PENDING = "pending";
  static final String SEQUENCES = "sequences";
  static final String VANISHINGS = "vanishings";
  static final String MISSING = "missing";
  static final String SLICES = "slices";
  static final String WAITS = "waits";

  private final ProcessorContext<byte[], Outbound> context;
  private final CountRecordReader reader = new CountRecordReader();
  private final EvaluationMetrics metrics;
  private final Sequences sequences;
  private final Outlet outlet;
  private final Ledger ledger;
  private final Counting counting;
  private final Backfilling backfilling;
  private final Completeness completeness;
  private final TrafficTurns turns;
  private final SpareTime spare;
  private final Boundaries boundaries;

  EvaluationTask(
      Objectives objectives,
      EvaluationMetrics metrics,
      ProcessorContext<byte[], Outbound> context,
      LongSupplier nanoTime) {
    this.context = context;
    this.spare = new SpareTime(nanoTime);
    this.metrics = metrics;
    this.sequences = new Sequences(context.getStateStore(SEQUENCES));
    this.outlet = new Outlet(metrics, context);
    Chunks chunks = new Chunks(context.getStateStore(CELLS), metrics.storedEarly);
    Regions regions = new Regions(context.getStateStore(REGIONS));
    Lines lines = new Lines(chunks, context.getStateStore(HEADS), context.getStateStore(ALERTS));
    InForce inForce = new InForce(objectives, lines, regions, context.getStateStore(SLICES));
    Sums pending = new Sums(context.getStateStore(PENDING));
    this.ledger = new Ledger(pending, sequences, context.taskId().toString(), outlet::emit);
    Coverage coverage = new Coverage(regions);
    Scopes scopes = new Scopes(regions);
    Waits waits = new Waits(context.getStateStore(WAITS));
    Alerts alerts = new Alerts(lines, coverage, waits, context::currentSystemTimeMs, outlet::emit);
    MissingEvents missing = missing(objectives, regions);
    Vanishings vanishings =
        new Vanishings(
            context.getStateStore(VANISHINGS),
            lines,
            new Expectations(regions),
            regions,
            missing,
            metrics,
            context::currentSystemTimeMs,
            outlet::emit);
    Groups groups = new Groups(context.getStateStore(GROUPS), metrics);
    this.backfilling = new Backfilling(lines, inForce, groups, ledger);
    this.counting =
        new Counting(
            lines,
            inForce,
            regions,
            groups,
            ledger,
            new Held(pending, regions, metrics),
            missing,
            scopes,
            alerts);
    this.turns = new TrafficTurns(lines, inForce, regions, vanishings, metrics, spare);
    this.completeness =
        new Completeness(
            lines, inForce, regions, counting, new Hindsight(regions, alerts, metrics), turns);
    this.boundaries =
        new Boundaries(
            lines,
            inForce,
            regions,
            coverage,
            scopes,
            alerts,
            vanishings,
            missing,
            new Statuses(regions, coverage, missing),
            metrics,
            spare,
            outlet);
    lines.all().forEach(inForce::meet);
    lines.all().forEach(line -> line.waits(line.waits() || waits.any(line)));
    lines.all().forEach(EvaluationTask::resume);
  }

  private MissingEvents missing(Objectives objectives, Regions regions) {
    return new MissingEvents(
        context.getStateStore(MISSING),
        objectives,
        regions,
        ledger,
        metrics,
        context::currentSystemTimeMs);
  }

  void process(Record<byte[], byte[]> record) {
    CountRecord read = reader.read(record.value());
    if (!sequences.advance(read.region() + '/' + read.task(), read.seq())) {
      metrics.records.labels("repeated").inc();
      return;
    }
    switch (read) {
      case Counts counts -> counting.count(counts);
      case Past past -> backfilling.count(past);
      case CompleteTo complete -> completeness.report(complete, context.currentSystemTimeMs());
    }
    metrics.records.labels("read").inc();
  }

  /** Shows the budgets that changed, and at a boundary decides on every active one. */
  void tick(long nowMillis) {
    spare.begin();
    counting.release(nowMillis);
    turns.tick(nowMillis);
    boundaries.tick(nowMillis);
  }

  void everySecond(long nowMillis) {
    ledger.emit();
    outlet.alive(nowMillis);
  }

  private static void resume(Line line) {
    line.slices()
        .map(LineSlices::judgedTo)
        .ifPresent(judged -> judged.ifPresent(seconds -> line.resumeAt(seconds * 1_000 - 1)));
  }
}
