// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slices;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.Sums;
import dev.nines.transport.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

  private static final long ACTIVE_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);
  private static final JsonSerde<SloStatus> STATUS = new JsonSerde<>(SloStatus.class);
  private static final JsonSerde<BurnRecord> BURN = new JsonSerde<>(BurnRecord.class);
  private static final JsonSerde<LedgerDelta> DELTA = new JsonSerde<>(LedgerDelta.class);

  private final Objectives objectives;
  private final EvaluationMetrics metrics;
  private final ProcessorContext<byte[], Outbound> context;
  private final int partition;
  private final Cells cells;
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
    this.partition = context.taskId().partition();
    this.cells = new Cells(context.getStateStore(CELLS));
    this.lines = new Lines(context.getStateStore(HEADS), context.getStateStore(ALERTS));
    this.regions = new Regions(context.getStateStore(REGIONS));
    this.sequences = new Sequences(context.getStateStore(SEQUENCES));
    this.groups = new Groups(context.getStateStore(GROUPS), metrics);
    Sums pending = new Sums(context.getStateStore(PENDING));
    this.ledger = new Ledger(pending, sequences, context.taskId().toString(), this::emit);
    this.held = new Held(pending, regions, metrics);
    this.coverage = new Coverage(regions, cells);
    this.alerts = new Alerts(lines, cells, coverage, context::currentSystemTimeMs, this::emit);
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
            this::emit);
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
    BurnRecord alive = new BurnRecord.Alive(partition, Instant.ofEpochMilli(nowMillis));
    send(ObjectiveTopics.SLO_BURN, "alive/" + partition, BURN.write(alive));
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
    long at = line.advanceTo(counts.appendedAt().toEpochMilli());
    Optional<Definition> definition = inForce(line, at);
    add(line, counts, admitted, definition.map(Definition::generation).orElse(counts.line()));
    line.changed().add(counts.region());
    if (counts.partial()) {
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
      region.add(slice, counts.source(), cells);
      missing.came(region.key(), slice.sliceStartSeconds(), slice.total(), generation);
    }
    for (Cell cell : admitted) {
      ledger.add(Increment.of(counts, cell, regions.complete(track, cell)), generation);
    }
    region.touched(counts.appendedAt().toEpochMilli(), late, counts.skewed() > 0);
    lines.save(region);
  }

  private void release(Increment counts) {
    Line line = lines.of(counts.slo(), counts.line());
    RegionCounts region = line.region(counts.region());
    long appendedAt = counts.appendedAt().toEpochMilli();
    long generation = inForce(line, appendedAt).map(Definition::generation).orElse(counts.line());
    region.add(counts.cell(), Source.COUNTERS, cells);
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
        long to = line.judgedLate() ? minute - Slices.LEDGER_SECONDS : minute;
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
                emit(statuses.of(line, scope(line, region, inForce, at)));
              }
              emit(statuses.of(line, scope(line, SloStatus.GLOBAL, inForce, at)));
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
        && definition.get().slo().policies().stream()
            .map(BurnPolicy::shortTimeWindow)
            .anyMatch(window -> line.regions().stream().anyMatch(r -> r.bad(window) > 0));
  }

  private Optional<Definition> inForce(Line line, long atMillis) {
    return objectives
        .inForce(line.slo(), atMillis)
        .filter(definition -> definition.slo().line() == line.number());
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
        regions);
  }

  private void emit(SloStatus status) {
    metrics.statuses.inc();
    send(ObjectiveTopics.SLO_STATUS, status.key(), STATUS.write(status));
  }

  private void emit(BurnRecord.Change change) {
    metrics.changes.labels(change.state().name()).inc();
    if (change.state() == BurnRecord.State.FIRING) {
      Duration taken = Duration.between(change.at(), change.decidedAt());
      metrics.decision.observe(Math.max(0, taken.toMillis()) / 1_000.0);
    }
    send(ObjectiveTopics.SLO_BURN, change.slo() + "@" + change.scope(), BURN.write(change));
  }

  private void emit(BurnRecord.Vanished vanished) {
    metrics.changes.labels(vanished.state().name()).inc();
    send(ObjectiveTopics.SLO_BURN, vanished.slo() + "@" + vanished.scope(), BURN.write(vanished));
  }

  private void emit(LedgerDelta delta) {
    metrics.deltas.inc();
    send(ObjectiveTopics.SLO_LEDGER, delta.slo().toString(), DELTA.write(delta));
  }

  /** To the partition of the same number: one SLO's records keep their order over all scopes. */
  private void send(Topic topic, String key, byte[] value) {
    context.forward(
        new Record<>(
            key.getBytes(UTF_8),
            Outbound.to(topic, partition % topic.partitions(), value),
            context.currentSystemTimeMs()));
  }
}
