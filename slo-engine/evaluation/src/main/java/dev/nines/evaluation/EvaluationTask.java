// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Slices;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.Sums;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

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

  private static final long ACTIVE_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);

  private final Objectives objectives;
  private final EvaluationMetrics metrics;
  private final ProcessorContext<byte[], Outbound> context;
  private final Outlet outlet;
  private final Cells cells;
  private final KeyValueStore<Bytes, byte[]> sliceStore;
  private final Lines lines;
  private final Regions regions;
  private final Sequences sequences;
  private final Groups groups;
  private final Ledger ledger;
  private final Held held;
  private final Coverage coverage;
  private final Alerts alerts;
  private final Hindsight hindsight;
  private final Statuses statuses;
  private final Vanishings vanishings;
  private final MissingEvents missing;
  private long lastBoundary;

  EvaluationTask(
      Objectives objectives,
      EvaluationMetrics metrics,
      ProcessorContext<byte[], Outbound> context) {
    this.objectives = objectives;
    this.metrics = metrics;
    this.context = context;
    this.outlet = new Outlet(metrics, context);
    this.cells = new Cells(context.getStateStore(CELLS));
    this.sliceStore = context.getStateStore(SLICES);
    this.lines = new Lines(context.getStateStore(HEADS), context.getStateStore(ALERTS));
    this.regions = new Regions(context.getStateStore(REGIONS));
    this.sequences = new Sequences(context.getStateStore(SEQUENCES));
    this.groups = new Groups(context.getStateStore(GROUPS), metrics);
    Sums pending = new Sums(context.getStateStore(PENDING));
    this.ledger = new Ledger(pending, sequences, context.taskId().toString(), outlet::emit);
    this.held = new Held(pending, regions, metrics);
    this.coverage = new Coverage(regions, cells);
    this.alerts = new Alerts(lines, cells, coverage, context::currentSystemTimeMs, outlet::emit);
    this.hindsight = new Hindsight(cells, regions, alerts, metrics);
    this.missing =
        new MissingEvents(
            context.getStateStore(MISSING),
            objectives,
            cells,
            regions,
            ledger,
            metrics,
            context::currentSystemTimeMs);
    this.statuses = new Statuses(regions, coverage, missing);
    this.vanishings =
        new Vanishings(
            context.getStateStore(VANISHINGS),
            lines,
            new Expectations(regions, cells),
            regions,
            missing,
            metrics,
            context::currentSystemTimeMs,
            outlet::emit);
    lines.all().forEach(this::meet);
    lines.all().forEach(EvaluationTask::resume);
  }

  void process(Record<byte[], byte[]> record) {
    CountRecord read = COUNTS.read(record.value());
    if (!sequences.advance(read.region() + '/' + read.task(), read.seq())) {
      metrics.records.labels("repeated").inc();
      return;
    }
    switch (read) {
      case Counts counts -> count(counts);
      case CompleteTo complete -> report(complete, boundaryOf(context.currentSystemTimeMs()));
    }
    metrics.records.labels("read").inc();
    sequences.save();
  }

  /** Shows the budgets that changed, and at a boundary decides on every active one. */
  void tick(long nowMillis) {
    held.release(nowMillis).forEach(this::release);
    long boundary = boundaryOf(nowMillis);
    boolean passed = boundary > lastBoundary;
    lastBoundary = Math.max(lastBoundary, boundary);
    for (Line line : lines.all()) {
      meet(line);
      if (line.judgedLate()) {
        judge(line, nowMillis);
      } else if (passed) {
        boundary(line, boundary);
      }
    }
    lines.all().forEach(this::showChanged);
  }

  void everySecond(long nowMillis) {
    ledger.emit();
    sequences.save();
    outlet.alive(nowMillis);
  }

  /** At the end of the last slice that is complete in all regions of the line. */
  private void judge(Line line, long nowMillis) {
    OptionalLong complete = regions.judgedTo(line.tracks(), nowMillis);
    if (complete.isPresent() && boundaryOf(complete.getAsLong()) - 1 > line.atMillis()) {
      boundary(line, boundaryOf(complete.getAsLong()) - 1);
    }
  }

  private void count(Counts counts) {
    List<Cell> admitted = groups.admit(counts);
    if (counts.source() == Source.COUNTERS) {
      held.add(counts, admitted);
      return;
    }
    Line line = lines.of(counts.slo(), counts.line());
    long appendedAt = counts.appendedAt().toEpochMilli();
    Optional<Definition> definition = inForce(line, Math.max(appendedAt, line.atMillis()));
    long at = line.judgedLate() ? line.atMillis() : line.advanceTo(appendedAt);
    add(line, counts, admitted, definition.map(Definition::generation).orElse(counts.line()));
    line.changed().add(counts.region());
    if (counts.partial() || line.judgedLate()) {
      return;
    }
    definition.ifPresent(
        inForce -> {
          line.regions().forEach(region -> region.advance(inForce.windows(), at, cells));
          alerts.open(line, scope(line, counts.region(), inForce, at));
          alerts.open(line, scope(line, SloStatus.GLOBAL, inForce, at));
        });
  }

  /** The ledger is by group, ladder and budget are of all groups. */
  private void add(Line line, Counts counts, List<Cell> admitted, long generation) {
    RegionCounts region = line.region(counts.region());
    String track = Regions.track(counts.region(), counts.source() != Source.SPANS);
    boolean late = false;
    for (Cell slice : counts.slices()) {
      late |= regions.complete(track, slice);
      add(line, region, slice, counts.source());
      missing.came(region.key(), slice.sliceStartSeconds(), slice.total(), generation);
    }
    for (Cell cell : admitted) {
      ledger.add(Increment.of(counts, cell, regions.complete(track, cell)), generation);
    }
    region.touched(counts.appendedAt().toEpochMilli(), late, counts.skewed() > 0);
    lines.save(region);
  }

  private void add(Line line, RegionCounts region, Cell slice, Source source) {
    region.add(slice, source, cells, line.quarters());
    line.slices().ifPresent(slices -> slices.came(region.key(), slice));
  }

  private void release(Increment counts) {
    Line line = lines.of(counts.slo(), counts.line());
    RegionCounts region = line.region(counts.region());
    long appendedAt = counts.appendedAt().toEpochMilli();
    long generation = inForce(line, appendedAt).map(Definition::generation).orElse(counts.line());
    add(line, region, counts.cell(), Source.COUNTERS);
    missing.came(
        region.key(), counts.cell().sliceStartSeconds(), counts.cell().total(), generation);
    ledger.add(counts, generation);
    region.touched(appendedAt, counts.late(), counts.skewed());
    lines.save(region);
    line.changed().add(counts.region());
  }

  /** A ratio of counters is judged where it is complete, with what is complete by then. */
  private void report(CompleteTo complete, long nowBoundary) {
    String track = Regions.track(complete.region(), complete.series());
    long before = minuteOf(regions.completeTo(track));
    Regions.Passed passed = regions.report(complete, nowBoundary);
    long minute = minuteOf(regions.completeTo(track));
    if (minute > before) {
      traffic(complete, minute, nowBoundary);
    }
    if (passed.complete().isPresent()) {
      held.release(context.currentSystemTimeMs()).forEach(this::release);
    }
    for (Line line : lines.all()) {
      meet(line);
      OptionalLong boundary = line.judgedLate() ? passed.complete() : passed.reached();
      if (boundary.isPresent() && line.counts(complete) && inForce(line, nowBoundary).isPresent()) {
        inForce(line, boundary.getAsLong())
            .ifPresent(
                then -> hindsight.judge(line, complete.region(), then, boundary.getAsLong()));
      }
    }
  }

  /**
   * The region is complete to another minute. What counters hold back is counted first; of what
   * they counted a minute ago nothing is held any more.
   */
  private void traffic(CompleteTo complete, long minute, long nowBoundary) {
    if (complete.series()) {
      held.release(context.currentSystemTimeMs()).forEach(this::release);
    }
    for (Line line : lines.all()) {
      if (line.counts(complete) && inForce(line, nowBoundary).isPresent()) {
        long to = line.held() ? minute - Slices.LEDGER_SECONDS : minute;
        inForce(line, to * 1_000)
            .ifPresent(then -> vanishings.judge(line, complete.region(), then, to));
      }
    }
  }

  private void boundary(Line line, long boundary) {
    lines.forget(line, regions);
    vanishings.forget(line, boundary);
    missing.forget(line, boundary);
    if (!active(line, boundary)) {
      return;
    }
    long at = line.advanceTo(boundary);
    Optional<Definition> definition = inForce(line, at);
    if (definition.isEmpty()) {
      withdraw(line, at);
      return;
    }
    Definition inForce = definition.get();
    line.slices().ifPresent(slices -> slices.judgeTo(Math.floorDiv(at + 1, 1_000L)));
    for (RegionCounts region : line.regions()) {
      region.advance(inForce.windows(), at, cells);
      coverage.learn(region, inForce, at);
      lines.save(region);
    }
    for (Scope scope : scopes(line, inForce, at)) {
      alerts.decide(line, scope);
      vanishings.freeze(line, scope);
    }
    line.regions().forEach(region -> line.changed().add(region.key().region()));
  }

  private void showChanged(Line line) {
    if (line.changed().isEmpty()) {
      return;
    }
    long at = line.atMillis();
    inForce(line, at)
        .ifPresent(
            inForce -> {
              line.regions().forEach(region -> region.advance(inForce.windows(), at, cells));
              for (String region : line.changed()) {
                outlet.emit(statuses.of(line, scope(line, region, inForce, at)));
              }
              outlet.emit(statuses.of(line, scope(line, SloStatus.GLOBAL, inForce, at)));
            });
    line.changed().clear();
  }

  /** Alerts of a line that is gone, or that another one replaced, are over. */
  private void withdraw(Line line, long at) {
    objectives
        .last(line.slo(), line.number())
        .ifPresent(
            last -> {
              for (Scope scope : scopes(line, last, at)) {
                alerts.withdraw(line, scope);
                vanishings.withdraw(line, scope);
              }
            });
  }

  private boolean active(Line line, long atMillis) {
    if (line.alerted() || atMillis - line.touchedAt() <= ACTIVE_MILLIS) {
      return true;
    }
    Optional<Definition> definition = inForce(line, atMillis);
    return definition.isPresent()
        && (line.pending()
            || line.begins(definition.get(), atMillis)
            || line.failing(definition.get()));
  }

  private Optional<Definition> inForce(Line line, long atMillis) {
    Optional<Definition> definition =
        objectives
            .inForce(line.slo(), atMillis)
            .filter(found -> found.slo().line() == line.number());
    definition.ifPresent(found -> know(line, found));
    return definition;
  }

  /** A line whose definition came after its counts. */
  private void meet(Line line) {
    if (line.asks(objectives.version())) {
      objectives.last(line.slo(), line.number()).ifPresent(found -> know(line, found));
    }
  }

  /** How a line spends its budget never changes. */
  private void know(Line line, Definition definition) {
    line.known(definition);
    if (line.slices().isEmpty() && definition.slo().budgeting() instanceof Sliced sliced) {
      line.slices(new LineSlices(line, definition, sliced, regions, cells, sliceStore));
    }
  }

  private static void resume(Line line) {
    line.slices()
        .map(LineSlices::judgedTo)
        .ifPresent(judged -> judged.ifPresent(seconds -> line.resumeAt(seconds * 1_000 - 1)));
  }

  private static long boundaryOf(long millis) {
    return Slices.floor(Math.floorDiv(millis, 1_000L), Slices.SECONDS) * 1_000;
  }

  /** Start of the last ledger slice that is complete, epoch seconds. */
  private static long minuteOf(OptionalLong completeTo) {
    return completeTo.isEmpty()
        ? Long.MIN_VALUE
        : Slices.floor(Math.floorDiv(completeTo.getAsLong(), 1_000L), Slices.LEDGER_SECONDS);
  }

  /** Its regions, and all of them. */
  private List<Scope> scopes(Line line, Definition definition, long atMillis) {
    List<Scope> scopes = new ArrayList<>();
    line.regions()
        .forEach(each -> scopes.add(scope(line, each.key().region(), definition, atMillis)));
    scopes.add(scope(line, SloStatus.GLOBAL, definition, atMillis));
    return scopes;
  }

  private Scope scope(Line line, String name, Definition definition, long atMillis) {
    return new Scope(
        name,
        name.equals(SloStatus.GLOBAL) ? line.regions() : line.only(name),
        definition,
        atMillis,
        regions,
        line.slices().map(slices -> slices.sums(name, definition, atMillis)));
  }
}
