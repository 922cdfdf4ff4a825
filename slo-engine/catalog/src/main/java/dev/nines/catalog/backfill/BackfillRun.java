// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import dev.nines.catalog.backfill.BackfillState.Looked;
import dev.nines.catalog.backfill.BackfillState.Pending;
import dev.nines.catalog.backfill.BackfillState.Refused;
import dev.nines.catalog.backfill.BackfillState.Running;
import dev.nines.catalog.backfill.BackfillState.Sums;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.backfill.History;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.objectives.backfill.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Works on one back-fill at a time. Before a stretch is sent it is written down; a process that
 * follows one that died sends that stretch again, under the same number, which evaluation drops
 * when it has it. So two processes at work on one row do no harm either.
 */
public final class BackfillRun {

  /** Cells of 10 s are kept two hours, and are counted for a little more. */
  private static final Duration FINE = Duration.ofHours(3);

  /**
   * An increment of a series whose earlier point is of before the line, and whose later one is not,
   * is of the slice of the later one. The last look sees no point of later than this, with what a
   * client's clock may be ahead.
   */
  private static final Duration CROSSING = Duration.ofHours(26);

  private static final long HOUR = 3_600;
  private static final long DAY = 24 * HOUR;

  /** Lengths of stretches; each begins on a multiple of its own. */
  private static final List<Long> STEPS =
      List.of(60L, 300L, 900L, 1_800L, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY);

  private final Backfills rows;
  private final Function<String, Optional<Generation>> latest;
  private final History history;
  private final Predicate<Past> send;
  private final BackfillMetrics metrics;
  private final InstantSource clock;

  /**
   * @param latest generation of a tenant
   * @param send returns when a record is kept; false when it is too long, and was not
   */
  public BackfillRun(
      Backfills rows,
      Function<String, Optional<Generation>> latest,
      History history,
      Predicate<Past> send,
      BackfillMetrics metrics,
      InstantSource clock) {
    this.rows = rows;
    this.latest = latest;
    this.history = history;
    this.send = send;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Does the next step of what is due; false when nothing is. */
  public boolean step() {
    Optional<Backfill> due = rows.due(clock.instant());
    due.ifPresent(this::step);
    metrics.open(rows.open());
    return due.isPresent();
  }

  /** Of what is due it is the first, and it is over: the others go on. */
  public void setAside(String why) {
    rows.due(clock.instant()).ifPresent(row -> keep(row, new Refused("it failed: " + why)));
  }

  private void step(Backfill row) {
    Optional<Slo> slo = current(row);
    if (slo.isEmpty()) {
      keep(row, new Refused("the SLO is gone, or another line took its place"));
      return;
    }
    switch (row.state()) {
      case Pending pending -> begin(row, pending, slo.get());
      case Running running -> run(row, running, slo.get());
      case Looked looked -> lookAgain(row, looked, slo.get());
      case BackfillState.Estimated _, Refused _ -> throw new IllegalStateException("due: " + row);
    }
  }

  private void begin(Backfill row, Pending pending, Slo slo) {
    Instant seenTo = history.settled();
    long longest = slo.period().longest().toSeconds();
    long from = Slices.floor(row.lineFrom().getEpochSecond() - longest, HOUR);
    switch (history.reach(slo, Instant.ofEpochSecond(from), row.lineFrom(), seenTo)) {
      case Reach.Exact exact -> keep(row, pending.begin(exact, newest(row, slo), seenTo));
      case Reach.Estimated(Instant since, long good, long total, String note) ->
          keep(row, new BackfillState.Estimated(since, total - good, total, note));
      case Reach.Nothing(String why) -> keep(row, new Refused(why));
    }
  }

  /** Spans that come late and are sampled out would be missed without a word. */
  private void lookAgain(Backfill row, Looked looked, Slo slo) {
    boolean bySpans = looked.span().spansFrom().isBefore(row.lineFrom());
    boolean missed = bySpans && history.sampledSince(row.slo().tenant(), looked.seenTo());
    Instant newest = looked.span().withoutCrossing() ? row.lineFrom() : newest(row, slo);
    Running again = looked.again(newest, history.settled());
    String why = "spans are sampled by now: what came late for it is not counted";
    keep(row, missed ? again.endsHere(why, row.lineFrom()) : again);
  }

  private void run(Backfill row, Running running, Slo slo) {
    Instant latestSeen = running.seenTo().plus(BackfillState.LOOK_MAX);
    if (running.look() == 1 && history.settled().isAfter(latestSeen)) {
      keep(row, running.endsHere("it was interrupted for over a day", row.lineFrom()));
    } else {
      new Look(row, slo).run();
    }
  }

  /** All stretches of one look, as long as nobody else works on the row. */
  private final class Look {
    private final Slo slo;
    private Optional<Backfill> row;
    private int step;

    Look(Backfill row, Slo slo) {
      this.row = Optional.of(row);
      this.slo = slo;
      this.step = first(row) ? STEPS.indexOf(HOUR) : STEPS.size() - 1;
    }

    void run() {
      while (row.isPresent() && row.get().state() instanceof Running running) {
        stretch(row.get(), running);
      }
    }

    private void stretch(Backfill at, Running running) {
      Instant start = running.stretch() == null ? start(at, running) : running.stretch();
      Optional<Map<String, List<Cell>>> counted = history.count(question(at, running, start));
      if (counted.isEmpty()) {
        shorter(at, running);
      } else if (counted.get().isEmpty() && (running.look() > 1 || crosses(at, start))) {
        row = keep(at, running.sent(start, running.sums()));
      } else {
        Running planned = running.sends(start);
        row = running.stretch() == null ? keep(at, planned) : row;
        row.ifPresent(known -> send(known, planned, start, counted.get()));
      }
    }

    private void send(
        Backfill at, Running planned, Instant start, Map<String, List<Cell>> counted) {
      Sums after = planned.sums().plus(counted.values());
      if (send.test(past(at, planned, start, counted, after.seq()))) {
        row = keep(at, planned.sent(start, after));
        metrics.counted(after.total() - planned.sums().total());
        step = Math.min(step + 1, STEPS.size() - 1);
      } else {
        row = keep(at, planned.sendsNot());
        row.ifPresent(known -> shorter(known, planned.sendsNot()));
      }
    }

    private void shorter(Backfill at, Running running) {
      String why = "is more than a record or a question may hold";
      if (running.next().isAfter(at.lineFrom())) {
        String what = running.look() == 1 ? "what series add" : "what came late to series";
        String told = what + " across the line's begin " + why;
        row = keep(at, running.skipsCrossing(told, at.lineFrom()));
      } else if (step > 0) {
        step--;
      } else {
        row = keep(at, running.endsHere("before it, a minute " + why, at.lineFrom()));
      }
    }

    private Instant start(Backfill at, Running running) {
      if (running.next().isAfter(at.lineFrom())) {
        return at.lineFrom();
      }
      long last = running.next().getEpochSecond() - 1;
      Instant start = Instant.ofEpochSecond(Slices.floor(last, STEPS.get(step)));
      return start.isBefore(running.span().from()) ? running.span().from() : start;
    }

    private Question question(Backfill at, Running running, Instant start) {
      long minutes = at.lineFrom().minus(FINE).getEpochSecond();
      return new Question(
          slo,
          start,
          running.next(),
          running.span().spansFrom(),
          running.seenFrom(),
          running.seenTo(),
          Instant.ofEpochSecond(Slices.floor(minutes, Slices.LEDGER_SECONDS)),
          at.lineFrom());
    }

    private Past past(
        Backfill at, Running running, Instant start, Map<String, List<Cell>> counted, long seq) {
      Instant known = earlier(running.span().knownFrom(), counted);
      return new Past(
          slo,
          at.lineFrom(),
          start.isAfter(known) || crosses(at, start) ? start : known,
          crosses(at, start) ? end(counted) : running.next(),
          clock.instant(),
          at.ledger() || crosses(at, start),
          counted,
          "back-fill/" + at.slo() + '#' + at.line(),
          seq);
    }
  }

  /** What was the tenant's first telemetry when the line began may not stay so. */
  private static Instant earlier(Instant known, Map<String, List<Cell>> counted) {
    return counted.values().stream()
        .flatMap(List::stream)
        .mapToLong(cell -> Slices.floor(cell.sliceStartSeconds(), Slices.LEDGER_SECONDS))
        .mapToObj(Instant::ofEpochSecond)
        .filter(known::isAfter)
        .min(Comparator.naturalOrder())
        .orElse(known);
  }

  /** End of the newest stretch: of series, it is what they add across the line's begin. */
  private static Instant newest(Backfill row, Slo slo) {
    return slo.indicator() instanceof SpanIndicator
        ? row.lineFrom()
        : row.lineFrom().plus(CROSSING);
  }

  private static boolean crosses(Backfill row, Instant start) {
    return !start.isBefore(row.lineFrom());
  }

  /** Of the last slice. */
  private static Instant end(Map<String, List<Cell>> counted) {
    long last =
        counted.values().stream()
            .flatMap(List::stream)
            .mapToLong(Cell::sliceStartSeconds)
            .max()
            .orElseThrow();
    return Instant.ofEpochSecond(last + Slices.SECONDS);
  }

  private static boolean first(Backfill row) {
    return row.state() instanceof Running running && running.look() == 1;
  }

  private Optional<Backfill> keep(Backfill row, BackfillState next) {
    Optional<Backfill> kept = rows.keep(row, next, clock.instant());
    kept.ifPresent(known -> metrics.passed(known.state()));
    return kept;
  }

  /** Empty when the line is no longer that of its SLO. */
  private Optional<Slo> current(Backfill row) {
    return latest.apply(row.slo().tenant()).stream()
        .flatMap(generation -> generation.slos().stream())
        .filter(slo -> slo.id().equals(row.slo()) && slo.line() == row.line())
        .findFirst();
  }
}
