// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import dev.nines.archive.PastCells;
import dev.nines.archive.past.SeriesList.Found;
import dev.nines.objectives.Slo;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.warehouse.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts stored points of counters and histograms as extraction would have. For one thread: the
 * series of the look at work are kept, at most 50,000, some 20 MB.
 */
public final class SeriesHistory {

  /** What a question may read: some tens of seconds. */
  static final long POINTS_MAX = 1_000_000;

  /** Ids in one statement. */
  private static final int SERIES_AT_ONCE = 1_000;

  /** Where a stream's last point is looked for: a day, and what a client's clock is ahead. */
  private static final Duration BEFORE =
      SeriesWalk.MEMORY.plus(Duration.ofMillis(PointSql.AHEAD_MAX_MILLIS));

  private final Query query;
  private final SeriesList list;
  private @Nullable Look look;

  public SeriesHistory(Query query) {
    this.query = query;
    this.list = new SeriesList(query);
  }

  /**
   * A series that begins later has no point that was inserted before {@code seenTo}.
   *
   * @param since series with points that were appended from then on
   */
  private record Look(Slo slo, Instant seenTo, Instant since, Found found) {

    boolean answers(Slo asked, Instant seen, Instant from) {
      return slo.equals(asked) && seenTo.equals(seen) && !since.isAfter(from);
    }
  }

  /** Series that are walked alike. */
  private record Kind(PointTable table, String metric, boolean delta) {}

  /** Why it can't be done at all; empty when it can. */
  public Optional<String> refusal(Slo slo, Instant from, Instant seenTo) {
    return switch (found(slo, from, seenTo)) {
      case Found.All _ -> Optional.empty();
      case Found.TooMany(String why) -> Optional.of(why);
    };
  }

  /**
   * @param oldest instant that the look asks about
   * @return false when it is too much for one answer
   */
  public boolean count(Question question, Instant oldest, PastCells cells) {
    return switch (found(question.slo(), oldest, question.seenTo())) {
      case Found.All(List<PastSeries> series) -> count(question, series, cells);
      case Found.TooMany _ -> false;
    };
  }

  private Found found(Slo slo, Instant oldest, Instant seenTo) {
    Instant since = oldest.minus(BEFORE);
    @Nullable Look known = look;
    if (known == null || !known.answers(slo, seenTo, since)) {
      known = new Look(slo, seenTo, since, list.of(slo, since));
      look = known;
    }
    return known.found;
  }

  private boolean count(Question question, List<PastSeries> all, PastCells cells) {
    long firstDay =
        Math.floorDiv(question.from().minus(BEFORE).toEpochMilli(), Duration.ofDays(1).toMillis());
    Map<Kind, List<PastSeries>> kinds =
        all.stream()
            .filter(each -> each.lastDay() >= firstDay)
            .collect(
                Collectors.groupingBy(
                    each -> new Kind(each.table(), each.metric(), each.delta()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    SeriesStretch stretch = new SeriesStretch(query, question, cells, POINTS_MAX);
    boolean fits = true;
    for (Map.Entry<Kind, List<PastSeries>> kind : kinds.entrySet()) {
      Kind of = kind.getKey();
      PointSql sql = new PointSql(of.table(), of.metric(), question);
      for (int i = 0; fits && i < kind.getValue().size(); i += SERIES_AT_ONCE) {
        List<PastSeries> some =
            kind.getValue().subList(i, Math.min(kind.getValue().size(), i + SERIES_AT_ONCE));
        fits = of.delta() ? stretch.deltas(sql, some) : stretch.cumulative(sql, some);
      }
    }
    return fits && cells.fit();
  }
}
