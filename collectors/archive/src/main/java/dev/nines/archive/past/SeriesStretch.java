// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import dev.nines.archive.PastCells;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the points that a question needs, some series at a time, and walks them. What a stretch
 * counts depends on points of others: the last one before it of each stream, and all that came
 * between it and the last of the stretch, of which one may have made another one late.
 */
final class SeriesStretch {

  /** Rows in memory. */
  private static final int ROWS_MAX = 20_000;

  /** Rows of one series, read one part after the other: a day of 12 points a second. */
  private static final int ROWS_OF_ONE_MAX = 1_000_000;

  private final Query query;
  private final Question question;
  private final PastCells cells;
  private final boolean crossing;
  private long pointsLeft;

  SeriesStretch(Query query, Question question, PastCells cells, long pointsMax) {
    this.query = query;
    this.question = question;
    this.cells = cells;
    this.crossing = !question.from().isBefore(question.lineFrom());
    this.pointsLeft = pointsMax;
  }

  /**
   * Points of a series that are to be walked.
   *
   * @param begin the first that can make a difference was appended then, epoch milliseconds
   * @param last appended then
   */
  private record Plan(PastSeries series, long begin, long last, long points) {}

  /** False when it is too much. Those behind the line's begin are its own, each of them whole. */
  boolean deltas(PointSql sql, List<PastSeries> series) {
    if (crossing) {
      return true;
    }
    List<Plan> plans = plans(sql, series);
    return pointsLeft >= 0 && inBatches(plans, batch -> deltas(sql, batch, ids(batch)));
  }

  boolean cumulative(PointSql sql, List<PastSeries> series) {
    List<Plan> plans = fresh(sql, plans(sql, series));
    if (pointsLeft < 0 || plans.isEmpty()) {
      return pointsLeft >= 0;
    }
    Set<String> odd = odd(sql, plans);
    List<Plan> plain = plans.stream().filter(plan -> !odd.contains(id(plan))).toList();
    List<Plan> strange = plans.stream().filter(plan -> odd.contains(id(plan))).toList();
    return inBatches(plain, batch -> walk(sql, batch, false))
        && inBatches(strange, batch -> walk(sql, batch, true));
  }

  private List<Plan> plans(PointSql sql, List<PastSeries> series) {
    Map<String, PastSeries> byId = byId(series);
    List<Plan> plans = new ArrayList<>();
    long begin = question.from().toEpochMilli() - PointSql.AHEAD_MAX_MILLIS;
    for (Row row :
        query.rows(crossing ? sql.crossing(byId.keySet()) : sql.stretch(byId.keySet()))) {
      PastSeries of = byId.get(row.text("id"));
      if (of != null) {
        plans.add(new Plan(of, begin, row.number("last"), row.number("points")));
        pointsLeft -= row.number("points");
      }
    }
    return plans;
  }

  /** What a former look saw is as it was, up to the first point that it did not see. */
  private List<Plan> fresh(PointSql sql, List<Plan> plans) {
    if (question.seenFrom().equals(Instant.EPOCH) || plans.isEmpty()) {
      return plans;
    }
    long since = plans.getFirst().begin - SeriesWalk.MEMORY.toMillis();
    Map<String, Long> first = new HashMap<>();
    query
        .rows(sql.fresh(ids(plans), since))
        .forEach(row -> first.put(row.text("id"), row.number("first")));
    List<Plan> matter = new ArrayList<>();
    for (Plan plan : plans) {
      long came = first.getOrDefault(id(plan), Long.MAX_VALUE);
      if (came <= plan.last) {
        matter.add(new Plan(plan.series, Math.max(plan.begin, came), plan.last, plan.points));
      }
    }
    return matter;
  }

  private Set<String> odd(PointSql sql, List<Plan> plans) {
    long begin = plans.stream().mapToLong(Plan::begin).min().orElseThrow();
    long latest = plans.stream().mapToLong(Plan::begin).max().orElseThrow();
    Set<String> odd = new HashSet<>();
    query
        .rows(sql.odd(ids(plans), begin - SeriesWalk.MEMORY.toMillis(), latest))
        .forEach(row -> odd.add(row.text("id")));
    return odd;
  }

  @FunctionalInterface
  private interface Batch {
    /** False when it is more than memory may hold. */
    boolean read(List<Plan> plans);
  }

  /** Series whose points end alike are read together; a batch that is too large is halved. */
  private static boolean inBatches(List<Plan> plans, Batch batch) {
    List<Plan> sorted =
        plans.stream()
            .sorted(Comparator.comparingLong(Plan::last).thenComparing(p -> id(p)))
            .toList();
    int from = 0;
    long points = 0;
    for (int i = 0; i < sorted.size(); i++) {
      points += sorted.get(i).points;
      boolean full = points > ROWS_MAX / 2 || i == sorted.size() - 1;
      if (full && !halved(sorted.subList(from, i + 1), batch)) {
        return false;
      }
      from = full ? i + 1 : from;
      points = full ? 0 : points;
    }
    return true;
  }

  private static boolean halved(List<Plan> plans, Batch batch) {
    if (batch.read(plans)) {
      return true;
    }
    int half = plans.size() / 2;
    return half > 0
        && halved(plans.subList(0, half), batch)
        && halved(plans.subList(half, plans.size()), batch);
  }

  private boolean deltas(PointSql sql, List<Plan> plans, List<String> ids) {
    List<Row> rows = query.rows(sql.deltas(ids, ROWS_MAX + 1));
    if (rows.size() > ROWS_MAX) {
      return false;
    }
    SeriesWalk walk = walkOf(plans);
    rows.forEach(walk::add);
    return true;
  }

  /**
   * One series can be halved no further: its rows come in parts, by when they were appended.
   *
   * @param whole all points of the day before are walked, else the last of each stream
   */
  private boolean walk(PointSql sql, List<Plan> plans, boolean whole) {
    long begin = plans.stream().mapToLong(Plan::begin).min().orElseThrow();
    long last = plans.stream().mapToLong(Plan::last).max().orElseThrow();
    List<Row> rows =
        query.rows(
            whole
                ? sql.points(ids(plans), begin - SeriesWalk.MEMORY.toMillis(), last, ROWS_MAX + 1)
                : sql.pointsWithBases(ids(plans), begin, last, ROWS_MAX + 1));
    SeriesWalk walk = walkOf(plans);
    int read = 0;
    while (rows.size() > ROWS_MAX) {
      long next = rows.getLast().number("appended");
      List<Row> part = rows.stream().filter(row -> row.number("appended") < next).toList();
      read += part.size();
      if (plans.size() > 1 || part.isEmpty() || read > ROWS_OF_ONE_MAX) {
        return false;
      }
      part.forEach(walk::add);
      rows = query.rows(sql.points(ids(plans), next, last, ROWS_MAX + 1));
    }
    rows.forEach(walk::add);
    return true;
  }

  private SeriesWalk walkOf(List<Plan> plans) {
    return new SeriesWalk(question, byId(plans.stream().map(Plan::series).toList()), cells);
  }

  private static Map<String, PastSeries> byId(List<PastSeries> series) {
    return series.stream().collect(Collectors.toMap(PastSeries::id, each -> each));
  }

  private static List<String> ids(List<Plan> plans) {
    return plans.stream().map(SeriesStretch::id).toList();
  }

  private static String id(Plan plan) {
    return plan.series.id();
  }
}
