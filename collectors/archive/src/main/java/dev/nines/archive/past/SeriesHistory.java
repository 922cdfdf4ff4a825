// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import dev.nines.archive.PastCells;
import dev.nines.objectives.Slo;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.warehouse.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts stored points of counters and histograms as extraction would have. */
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

  public SeriesHistory(Query query) {
    this.query = query;
    this.list = new SeriesList(query);
  }

  /** Series that are walked alike. */
  private record Kind(PointTable table, String metric, boolean delta) {}

  /** Why it can't be done at all; empty when it can. */
  public Optional<String> refusal(Slo slo, Instant from) {
    return list.of(slo, from.minus(BEFORE)).isPresent()
        ? Optional.empty()
        : Optional.of(
            "it selects more than %d series in its period".formatted(SeriesList.SERIES_MAX));
  }

  /** False when it is too much for one answer. */
  public boolean count(Question question, PastCells cells) {
    Optional<List<PastSeries>> all = list.of(question.slo(), question.from().minus(BEFORE));
    Map<Kind, List<PastSeries>> kinds = new LinkedHashMap<>();
    for (PastSeries each : all.orElse(List.of())) {
      kinds
          .computeIfAbsent(
              new Kind(each.table(), each.metric(), each.delta()), kind -> new ArrayList<>())
          .add(each);
    }
    SeriesStretch stretch = new SeriesStretch(query, question, cells, POINTS_MAX);
    boolean fits = all.isPresent();
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
