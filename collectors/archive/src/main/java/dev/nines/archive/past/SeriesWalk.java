// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import dev.nines.archive.PastCells;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.objectives.series.Addition;
import dev.nines.objectives.series.EventTime;
import dev.nines.objectives.series.Last;
import dev.nines.objectives.series.Measure;
import dev.nines.objectives.series.Measured;
import dev.nines.objectives.series.Outcome;
import dev.nines.objectives.series.SeriesPoint;
import dev.nines.warehouse.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks points in the order in which they were appended, as extraction met them, twice at once: all
 * that is seen, and what a former look saw. What the two make of a cell differs by what this look
 * adds to it, which is less than nothing where a point came late to the store and takes a part of
 * the increment of the one behind it.
 */
final class SeriesWalk {

  /** How long extraction remembers a silent stream. */
  static final Duration MEMORY = Duration.ofHours(24);

  private static final Duration DAY = Duration.ofDays(1);

  private final Question question;
  private final Map<String, PastSeries> series;
  private final PastCells cells;
  private final Map<Stream, Last> now = new HashMap<>();
  private final Map<Stream, Last> before = new HashMap<>();

  private record Stream(String series, long startNanos) {}

  SeriesWalk(Question question, Map<String, PastSeries> series, PastCells cells) {
    this.question = question;
    this.series = series;
    this.cells = cells;
  }

  void add(Row row) {
    PastSeries of = series.get(row.text("id"));
    long appendedAt = row.number("appended");
    EventTime time = EventTime.of(row.number("time_nanos"), appendedAt);
    if (of == null || tooOld(appendedAt - time.millis())) {
      return;
    }
    if (of.table().events(row) instanceof Measured.Read(Measure measure)) {
      SeriesPoint point =
          new SeriesPoint(
              row.text("region"),
              row.number("start_nanos"),
              row.number("time_nanos"),
              appendedAt,
              time.skewed(),
              measure);
      boolean old = row.number("inserted") < question.seenFrom().toEpochMilli();
      if (of.delta()) {
        count(of, point, time, measure, old ? 0 : 1);
      } else {
        cumulative(of, point, time, old);
      }
    }
  }

  private void cumulative(PastSeries of, SeriesPoint point, EventTime time, boolean old) {
    Stream stream = new Stream(of.id(), point.startNanos());
    count(of, point, time, step(now, stream, point), 1);
    if (old) {
      count(of, point, time, step(before, stream, point), -1);
    }
  }

  private static Addition step(Map<Stream, Last> lasts, Stream stream, SeriesPoint point) {
    @Nullable Last last = lasts.get(stream);
    Addition addition =
        last == null || point.appendedAt() - last.appendedAt() > MEMORY.toMillis()
            ? Last.first(point, MEMORY)
            : last.then(point);
    if (addition.outcome() != Outcome.OLD) {
      lasts.put(stream, Last.of(point));
    }
    return addition;
  }

  /** Behind the line's begin only what began before it: the rest is the line's own. */
  private void count(PastSeries of, SeriesPoint point, EventTime time, Addition added, int sign) {
    boolean own =
        time.millis() >= question.lineFrom().toEpochMilli()
            && added.countsFor(question.lineFrom().getEpochSecond());
    if (added.counts() && !own) {
      count(of, point, time, added.measure(), sign);
    }
  }

  private void count(PastSeries of, SeriesPoint point, EventTime time, Measure measure, int sign) {
    boolean within =
        time.millis() >= question.from().toEpochMilli()
            && time.millis() < question.to().toEpochMilli();
    if (within && sign != 0) {
      long slice = time.sliceStartSeconds();
      long cell =
          slice < question.minutesBefore().getEpochSecond() ? Math.floorDiv(slice, 60) * 60 : slice;
      for (PastSeries.Use use : of.uses()) {
        cells.add(point.region(), cell, of.group(), use.role().of(measure, use.limit()), sign);
      }
    }
  }

  /** Beyond the period and a day: outside every budget. */
  private boolean tooOld(long ageMillis) {
    return ageMillis > question.slo().period().longest().plus(DAY).toMillis();
  }
}
