// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What extraction writes to {@code sli.counts}, and the back-fill of new lines. Every record
 * carries (region, task, seq): a reader keeps the last seq per (region, task) and drops what is not
 * beyond it, so that a mirror's duplicate changes nothing.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CountRecord.Counts.class, name = "counts"),
  @JsonSubTypes.Type(value = CountRecord.CompleteTo.class, name = "completeTo"),
  @JsonSubTypes.Type(value = CountRecord.Past.class, name = "past")
})
public sealed interface CountRecord {

  String region();

  String task();

  long seq();

  /**
   * Increments of one SLO in one region, key: the SLO's id, of a component {@link SloId#whole}.
   * Good and total of a cell travel together, but for {@link Source#COUNTERS}, and so do all
   * groups: a failure ahead of its total would page falsely.
   *
   * @param line {@link Slo#line} that selected the events
   * @param appendedAt latest log-append time among the batches counted here
   * @param groupBy {@link Slo#groupBy} as the generation of the cells' slices had it
   * @param cells by slice, and for each slice by group
   * @param skewed events counted at log-append time because they claimed to be over 5 min ahead
   * @param partial a record that follows goes on with what was counted together, or with another
   *     component of its composite: not to be judged by yet
   */
  record Counts(
      SloId slo,
      long line,
      String region,
      Instant appendedAt,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String groupBy,
      List<Cell> cells,
      long skewed,
      Source source,
      boolean partial,
      String task,
      long seq)
      implements CountRecord {

    public Counts {
      groupBy = Objects.requireNonNullElse(groupBy, "");
      source = Objects.requireNonNullElse(source, Source.SPANS);
    }

    /** Counts of spans, without groups. */
    public Counts(
        SloId slo,
        long line,
        String region,
        Instant appendedAt,
        List<Cell> cells,
        long skewed,
        String task,
        long seq) {
      this(slo, line, region, appendedAt, "", cells, skewed, Source.SPANS, false, task, seq);
    }

    /** The sums over all groups, one a slice. */
    @JsonIgnore
    public List<Cell> slices() {
      return Cell.ofAllGroups(cells);
    }
  }

  /** What was counted. */
  enum Source {
    SPANS,
    /** Histograms: good and total of a cell come from one point, and travel together. */
    HISTOGRAMS,
    /**
     * Counters: good, or bad, and total come from series of their own, and in any order. They count
     * together once the slice is complete.
     */
    COUNTERS,
    /** Values: each point is an event, so that good and total travel together. */
    VALUES;

    public static Source of(Indicator indicator) {
      return switch (indicator) {
        case SpanIndicator _ -> SPANS;
        case HistogramIndicator _ -> HISTOGRAMS;
        case CounterIndicator _ -> COUNTERS;
        case ThresholdIndicator _, RawIndicator _ -> VALUES;
        case CompositeIndicator _ -> throw new IllegalArgumentException("counts nothing itself");
      };
    }
  }

  /**
   * Bad events are {@code total - good - uncertain}: negative, as {@code good}, where the other
   * half of a ratio of counters travels in another record.
   *
   * @param sliceStartSeconds start of the 10 s slice of the events, epoch seconds
   * @param good events that are surely good
   * @param uncertain events in the histogram bucket that contains the threshold
   * @param group {@link Group} of the events
   */
  record Cell(
      long sliceStartSeconds,
      long good,
      long total,
      long uncertain,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String group) {

    public Cell {
      group = Objects.requireNonNullElse(group, Group.ALL);
    }

    public Cell(long sliceStartSeconds, long good, long total) {
      this(sliceStartSeconds, good, total, 0);
    }

    public Cell(long sliceStartSeconds, long good, long total, long uncertain) {
      this(sliceStartSeconds, good, total, uncertain, Group.ALL);
    }

    /** The sums over all groups, one a slice, of cells in the order of their slices. */
    public static List<Cell> ofAllGroups(List<Cell> cells) {
      List<Cell> slices = new ArrayList<>(cells.size());
      for (Cell cell : cells) {
        boolean same =
            !slices.isEmpty() && slices.getLast().sliceStartSeconds() == cell.sliceStartSeconds();
        if (same) {
          slices.add(slices.removeLast().plus(cell));
        } else {
          slices.add(cell.in(Group.ALL));
        }
      }
      return slices;
    }

    /** The same events under another name. */
    public Cell in(String name) {
      return name.equals(group) ? this : new Cell(sliceStartSeconds, good, total, uncertain, name);
    }

    private Cell plus(Cell other) {
      return new Cell(
          sliceStartSeconds,
          good + other.good,
          total + other.total,
          uncertain + other.uncertain,
          group);
    }
  }

  /**
   * Everything of this region and partition that ended before {@code completeTo} is counted in
   * records before this one. Written to every partition of {@code sli.counts}, at most once a
   * second and task.
   *
   * @param partition of {@code telemetry.in.<region>}, or of {@code series.points}
   * @param partitions of that topic: a region is complete to the minimum over all
   * @param series covers what is counted from metrics; else what is counted from spans
   * @param progressAt minimum over the live collectors of the time up to which they reported
   * @param completeTo progressAt less the lateness allowed
   * @param goodbye no collector is left, and the last one said so
   */
  record CompleteTo(
      String region,
      int partition,
      int partitions,
      Instant progressAt,
      Instant completeTo,
      boolean goodbye,
      boolean series,
      String task,
      long seq)
      implements CountRecord {

    /** Progress that covers counts of spans. */
    public CompleteTo(
        String region,
        int partition,
        int partitions,
        Instant progressAt,
        Instant completeTo,
        boolean goodbye,
        String task,
        long seq) {
      this(region, partition, partitions, progressAt, completeTo, goodbye, false, task, seq);
    }
  }

  /**
   * What a line would have counted in a stretch of time before it began, in all regions at once:
   * with it the line is one that began at {@code from}. Key: the SLO's id. What series added from
   * before the line began to a point behind it is a stretch of its own, which begins with the line;
   * and cells may be negative, where a point of a series came late to the store.
   *
   * @param slo as the generation that began its line defines it
   * @param lineFrom effective from: the line's own counts are of slices from there on
   * @param from the stretch's start, or the first that anything is known of
   * @param to its end; stretches come from the newest to the oldest, and once more for late events
   * @param countedAt when it was counted
   * @param ledger the line is its SLO's first; else lines before account for this time, too
   * @param regions events by region; a cell is a slice of 10 s, or a minute hours before the line
   * @param task one a line: all that it writes is one sequence
   */
  record Past(
      Slo slo,
      Instant lineFrom,
      Instant from,
      Instant to,
      Instant countedAt,
      boolean ledger,
      Map<String, List<Cell>> regions,
      String task,
      long seq)
      implements CountRecord {

    /** Of all of them. */
    @Override
    public String region() {
      return "";
    }
  }
}
