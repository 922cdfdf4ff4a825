// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nines.archive.ledger.LedgerCells.Cell;
import dev.nines.archive.ledger.LedgerCells.Silence;
import dev.nines.objectives.Budgeting.Timeslices;
import dev.nines.objectives.Fraction;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.ledger.Events;
import dev.nines.objectives.ledger.LedgerSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Slices of one scope, each good, bad or not measured. */
public final class LedgerView {

  private final Slo slo;
  private final String scope;
  private final List<Silence> silences;

  LedgerView(Slo slo, String scope, List<Silence> silences) {
    this.slo = slo;
    this.scope = scope;
    this.silences = silences;
  }

  /** What is known of a slice. */
  public enum State {
    GOOD,
    BAD,
    /** It has no event, and a region of it is on record as silent for all of it. */
    UNMEASURED,
    /** It has no event, and nothing says that it was not measured. */
    EMPTY;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param ratio share of events that are not bad, cut behind 9 digits; null without an event
   * @param unmeasuredRegions without an event in it, and silent for all of it
   * @param lines generations that began the lines whose events these are
   * @param revisedAt when it changed last after it had been complete; null for never
   */
  public record Slice(
      Instant from,
      Instant to,
      State state,
      long good,
      long bad,
      long total,
      long uncertain,
      long missing,
      @Nullable String ratio,
      List<String> unmeasuredRegions,
      List<Long> lines,
      @Nullable Instant revisedAt) {}

  /**
   * @param bounds one more than slices, epoch seconds
   * @param cells by begin; each in one slice
   */
  List<Slice> slices(List<Long> bounds, List<Cell> cells) {
    List<Slice> slices = new ArrayList<>();
    int next = 0;
    for (int i = 0; i + 1 < bounds.size(); i++) {
      List<Cell> mine = new ArrayList<>();
      while (next < cells.size() && cells.get(next).start() < bounds.get(i + 1)) {
        mine.add(cells.get(next++));
      }
      slices.add(slice(bounds.get(i), bounds.get(i + 1), mine));
    }
    return slices;
  }

  private Slice slice(long from, long to, List<Cell> cells) {
    Map<String, LedgerSum> sums = new TreeMap<>();
    cells.forEach(cell -> sums.merge(cell.region(), cell.sum(), LedgerSum::plus));
    Events events = sums.values().stream().map(Events::of).reduce(Events.NONE, Events::plus);
    long revised = cells.stream().mapToLong(Cell::revisedMillis).max().orElse(0);
    List<String> unmeasured =
        silences.stream()
            .filter(silence -> silence.covers(from, to))
            .map(Silence::region)
            .distinct()
            .filter(region -> Events.of(sums.getOrDefault(region, LedgerSum.NONE)).total() == 0)
            .toList();
    return new Slice(
        Instant.ofEpochSecond(from),
        Instant.ofEpochSecond(to),
        state(events, unmeasured),
        events.good(),
        events.bad(),
        events.total(),
        events.uncertain(),
        events.missing(),
        events.ratio().map(BigDecimal::toPlainString).orElse(null),
        scope.equals(SloStatus.GLOBAL) ? unmeasured : List.of(),
        cells.stream().flatMap(cell -> cell.lines().stream()).distinct().sorted().toList(),
        revised == 0 ? null : Instant.ofEpochMilli(revised));
  }

  /** Bad is a slice that spends more than its own share, or misses its own target. */
  private State state(Events events, List<String> unmeasured) {
    if (events.total() == 0) {
      return unmeasured.isEmpty() ? State.EMPTY : State.UNMEASURED;
    }
    boolean bad =
        slo.budgeting() instanceof Timeslices slices
            ? slices.shortfall(BigInteger.valueOf(events.bad()), Fraction.of(events.total())) > 0
            : BigDecimal.valueOf(events.bad())
                    .compareTo(slo.budget().multiply(BigDecimal.valueOf(events.total())))
                > 0;
    return bad ? State.BAD : State.GOOD;
  }
}
