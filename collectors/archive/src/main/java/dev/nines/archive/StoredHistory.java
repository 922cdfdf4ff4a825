// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.archive.past.SeriesHistory;
import dev.nines.archive.retention.Retention;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.ThresholdIndicator;
import dev.nines.objectives.backfill.History;
import dev.nines.objectives.backfill.Reach;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.WarehouseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What tables of spans and RED rows know of the time before a line. Spans that are all kept answer
 * any selector to the event. Before their days, and where they are sampled, RED rows do, which are
 * made of all spans, for selectors that ask nothing else. Points of metrics are all kept. For one
 * thread.
 */
public final class StoredHistory implements History {

  /** An insert takes 8 s at most; its rows are seen when it is done. */
  private static final Duration SETTLES = Duration.ofSeconds(30);

  /** Days at the end of their life for which rows may still be asked for again. */
  private static final int SPARE_DAYS = 2;

  private static final int ROLLUP_DAYS = 90;

  /** What extraction remembers of a silent series, in whole hours. */
  private static final Duration HOURS_OF_BASES = Duration.ofHours(25);

  /** ClickHouse's codes for time, memory and rows that are more than a question may take. */
  private static final Set<Integer> TOO_MUCH = Set.of(158, 159, 241, 307, 396);

  private final Query query;
  private final Retention retention;
  private final SpanHistory spans;
  private final RollupHistory rollups;
  private final SeriesHistory series;

  public StoredHistory(Query query, Retention retention) {
    this.query = query;
    this.retention = retention;
    this.spans = new SpanHistory(query);
    this.rollups = new RollupHistory(query);
    this.series = new SeriesHistory(query);
  }

  @Override
  public Instant settled() {
    return query.one(Sql.of("SELECT now64(3, 'UTC') AS now")).instant("now").minus(SETTLES);
  }

  @Override
  public Reach reach(Slo slo, Instant from, Instant to, Instant seenTo) {
    return switch (slo.indicator()) {
      case SpanIndicator indicator -> ofSpans(slo, indicator, from, to, seenTo);
      case CounterIndicator _, HistogramIndicator _ -> ofSeries(slo, from, to, seenTo);
      case ThresholdIndicator _, RawIndicator _ ->
          new Reach.Nothing("values of metrics are not back-filled");
      case CompositeIndicator _ -> new Reach.Nothing("its components are back-filled");
    };
  }

  /** Points of before say what those of the stretch add. */
  private Reach ofSeries(Slo slo, Instant from, Instant to, Instant seenTo) {
    String tenant = slo.id().tenant();
    int days = retention.pointsDays(tenant);
    Instant start = later(from, pointsFrom(tenant, seenTo));
    Optional<String> refusal =
        start.isBefore(to)
            ? series.refusal(slo, start, seenTo)
            : Optional.of("points are kept %d days".formatted(days));
    String note =
        start.equals(from)
            ? ""
            : "points are kept %d days, and those of the first say what the next ones add"
                .formatted(days);
    return refusal
        .<Reach>map(Reach.Nothing::new)
        .orElseGet(() -> new Reach.Exact(start, to, seriesKnownFrom(tenant, start, to), note));
  }

  private Instant pointsFrom(String tenant, Instant seenTo) {
    return midnight(seenTo, retention.pointsDays(tenant) - SPARE_DAYS).plus(HOURS_OF_BASES);
  }

  private Reach ofSpans(
      Slo slo, SpanIndicator indicator, Instant from, Instant to, Instant seenTo) {
    String tenant = slo.id().tenant();
    int days = retention.spansDays(tenant);
    Instant spansFrom = later(from, midnight(seenTo, days - SPARE_DAYS));
    boolean sampled = spans.sampled(tenant, spansFrom);
    if (!sampled && spansFrom.equals(from)) {
      return new Reach.Exact(from, from, knownFrom(tenant, from, to), "");
    }
    Instant rollupsFrom = later(from, midnight(seenTo, ROLLUP_DAYS - SPARE_DAYS));
    Instant rollupsTo = sampled ? to : spansFrom;
    Optional<String> refusal =
        RollupSql.refusal(slo, indicator)
            .or(() -> rollups.refusal(tenant, indicator, rollupsFrom, rollupsTo));
    if (refusal.isEmpty()) {
      String note =
          rollupsFrom.equals(from) ? "" : "rollups are kept %d days".formatted(ROLLUP_DAYS);
      return new Reach.Exact(rollupsFrom, rollupsTo, knownFrom(tenant, rollupsFrom, to), note);
    }
    String kept =
        "spans are kept %d days, and rollups cannot tell: %s".formatted(days, refusal.get());
    if (!sampled) {
      return new Reach.Exact(spansFrom, spansFrom, knownFrom(tenant, spansFrom, to), kept);
    }
    return spans.estimate(
        slo,
        indicator,
        spansFrom,
        to,
        seenTo,
        "spans are sampled, and rollups cannot tell: " + refusal.get());
  }

  @Override
  public boolean sampledSince(String tenant, Instant since) {
    return spans.sampled(tenant, since);
  }

  @Override
  public Optional<Map<String, List<Cell>>> count(Question question) {
    try {
      return counted(question);
    } catch (WarehouseException e) {
      if (TOO_MUCH.contains(e.code())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<Map<String, List<Cell>>> counted(Question question) {
    PastCells cells = new PastCells();
    boolean fits =
        switch (question.slo().indicator()) {
          case SpanIndicator indicator -> spans(question, indicator, cells);
          case CounterIndicator _, HistogramIndicator _ ->
              series.count(question, oldest(question), cells);
          case ThresholdIndicator _, RawIndicator _, CompositeIndicator _ ->
              throw new IllegalArgumentException(question.slo().id() + " is not back-filled");
        };
    return fits ? Optional.of(cells.byRegion()) : Optional.empty();
  }

  /** Of the question's look: its period, as far as points are kept. */
  private Instant oldest(Question question) {
    Duration longest = question.slo().period().longest().plusHours(1);
    Instant kept = pointsFrom(question.slo().id().tenant(), question.seenTo());
    return earlier(question.from(), later(question.lineFrom().minus(longest), kept));
  }

  private boolean spans(Question question, SpanIndicator indicator, PastCells cells) {
    boolean fits = true;
    if (question.from().isBefore(question.spansFrom())) {
      Instant end = earlier(question.to(), question.spansFrom());
      fits = rollups.count(question.of(question.from(), end), indicator, cells);
    }
    if (fits && question.to().isAfter(question.spansFrom())) {
      Instant start = later(question.from(), question.spansFrom());
      fits = spans.count(question.of(start, question.to()), indicator, cells);
    }
    return fits;
  }

  /**
   * When the tenant's telemetry began, by rows that ended on the day they were logged: a client
   * with a wrong clock is not asked.
   */
  private Instant knownFrom(String tenant, Instant from, Instant to) {
    Row row =
        query.one(
            Sql.of(
                    """
                    SELECT count() AS found, toInt64(toUnixTimestamp(min(minute))) AS first_minute FROM red_1m
                    WHERE tenant = {tenant:String} AND toDate(minute) >= logged_on
                      AND minute >= toDateTime({from:Int64}, 'UTC')
                    """)
                .with("tenant", tenant)
                .with("from", from.getEpochSecond()));
    return row.number("found") == 0
        ? to
        : earlier(later(from, Instant.ofEpochSecond(row.number("first_minute"))), to);
  }

  /** A tenant's metrics may have begun before its spans. */
  private Instant seriesKnownFrom(String tenant, Instant from, Instant to) {
    Row row =
        query.one(
            Sql.of(
                    """
                    SELECT count() AS found, toInt64(toUnixTimestamp(toStartOfMinute(min(first_seen)))) AS first_minute
                    FROM metric_series WHERE tenant = {tenant:String}
                    """)
                .with("tenant", tenant));
    Instant spansFrom = knownFrom(tenant, from, to);
    return row.number("found") == 0
        ? spansFrom
        : earlier(spansFrom, later(from, Instant.ofEpochSecond(row.number("first_minute"))));
  }

  /** All rows of that day and later ones are there for a day more. */
  private static Instant midnight(Instant now, int daysBefore) {
    return now.truncatedTo(ChronoUnit.DAYS).minus(daysBefore, ChronoUnit.DAYS);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
