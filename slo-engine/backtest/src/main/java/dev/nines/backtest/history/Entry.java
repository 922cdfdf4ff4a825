// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history: JSON, its kind in {@code is}. {@link Counted}, {@link Filled} and {@link
 * Reported} stand in the order in which the engine read them; the others anywhere. All instants
 * {@code at} are those of the log, epoch milliseconds.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Head.class, name = "history"),
  @JsonSubTypes.Type(value = Entry.Defined.class, name = "objectives"),
  @JsonSubTypes.Type(value = Entry.Counted.class, name = "counts"),
  @JsonSubTypes.Type(value = Entry.Reported.class, name = "progress"),
  @JsonSubTypes.Type(value = Entry.Filled.class, name = "past"),
  @JsonSubTypes.Type(value = Entry.Told.class, name = "alert"),
  @JsonSubTypes.Type(value = Entry.Kept.class, name = "ledger"),
  @JsonSubTypes.Type(value = Entry.Incident.class, name = "incident")
})
public sealed interface Entry {

  /** Of this format. */
  int VERSION = 1;

  /** The first line. */
  record Head(int version, String tenant) implements Entry {}

  /** Definitions of SLOs, as {@code control.objectives} has them. */
  record Defined(Generation generation) implements Entry {}

  /** What the engine reads in its order. */
  sealed interface Logged extends Entry permits Counted, Filled, Reported {
    long at();
  }

  /**
   * {@link CountRecord.Counts}, repeats left out.
   *
   * @param appendedAt epoch milliseconds
   * @param cells each an array of slice, good, total, uncertain, group
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  record Counted(
      long at,
      SloId slo,
      long line,
      String region,
      long appendedAt,
      List<Slice> cells,
      CountRecord.@Nullable Source source,
      @Nullable String groupBy,
      long skewed,
      boolean partial)
      implements Logged {

    public static Counted of(long at, CountRecord.Counts counts) {
      return new Counted(
          at,
          counts.slo(),
          counts.line(),
          counts.region(),
          counts.appendedAt().toEpochMilli(),
          counts.cells().stream().map(Slice::of).toList(),
          counts.source() == CountRecord.Source.SPANS ? null : counts.source(),
          counts.groupBy().isEmpty() ? null : counts.groupBy(),
          counts.skewed(),
          counts.partial());
    }

    /** As one task wrote it that wrote everything. */
    public CountRecord.Counts record(String task, long seq) {
      return new CountRecord.Counts(
          slo,
          line,
          region,
          Instant.ofEpochMilli(appendedAt),
          Objects.requireNonNullElse(groupBy, ""),
          cells.stream().map(Slice::cell).toList(),
          skewed,
          Objects.requireNonNullElse(source, CountRecord.Source.SPANS),
          partial,
          task,
          seq);
    }
  }

  /** {@link Cell}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"start", "good", "total", "uncertain", "group"})
  record Slice(long start, long good, long total, long uncertain, String group) {

    static Slice of(Cell cell) {
      return new Slice(
          cell.sliceStartSeconds(), cell.good(), cell.total(), cell.uncertain(), cell.group());
    }

    public Cell cell() {
      return new Cell(start, good, total, uncertain, group);
    }
  }

  /** {@link CountRecord.Past}: what a line was given of the time before it. */
  record Filled(long at, CountRecord.Past past) implements Logged {

    /** As one task wrote it that wrote everything. */
    public CountRecord.Past record(Slo slo, String task, long seq) {
      return new CountRecord.Past(
          slo,
          past.lineFrom(),
          past.from(),
          past.to(),
          past.countedAt(),
          past.ledger(),
          past.regions(),
          task,
          seq);
    }
  }

  /**
   * How far a region reported: the least over its partitions, once all of them have. Epoch
   * milliseconds, as in {@link CountRecord.CompleteTo}.
   *
   * @param series covers counts of metrics, else of spans
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  record Reported(
      long at, String region, long progressAt, long completeTo, boolean goodbye, boolean series)
      implements Logged {

    Reported at(long millis) {
      return new Reported(millis, region, progressAt, completeTo, goodbye, series);
    }

    /** As one task wrote it that read one partition. */
    public CountRecord.CompleteTo record(String task, long seq) {
      return new CountRecord.CompleteTo(
          region,
          0,
          1,
          Instant.ofEpochMilli(progressAt),
          Instant.ofEpochMilli(completeTo),
          goodbye,
          series,
          task,
          seq);
    }
  }

  /** What the engine told when it happened. */
  record Told(BurnRecord.Change change) implements Entry {}

  /**
   * One minute as the ledger had it when the history was recorded; sums over all revisions.
   *
   * @param minute its start, epoch seconds
   */
  record Kept(
      SloId slo,
      long line,
      String scope,
      String group,
      long minute,
      long good,
      long total,
      long uncertain)
      implements Entry {}

  /**
   * What really happened, by somebody who knows.
   *
   * @param slos names of the SLOs that it broke
   * @param regions where; everywhere when it is empty
   */
  record Incident(String name, Instant begin, Instant end, List<String> slos, List<String> regions)
      implements Entry {

    public Incident {
      regions = Objects.requireNonNullElse(regions, List.of());
    }

    /** An alert of this scope is about it: one of its regions, or all. */
    public boolean covers(String scope) {
      return regions.isEmpty() || scope.equals(SloStatus.GLOBAL) || regions.contains(scope);
    }
  }
}
