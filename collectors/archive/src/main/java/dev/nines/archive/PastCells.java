// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Group;
import dev.nines.objectives.series.Role;
import dev.nines.transport.Sums;
import dev.nines.warehouse.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up counts; raw values of a grouping attribute become the names of groups. */
public final class PastCells {

  /** What one record of counts takes. */
  static final int ROWS_MAX = 30_000;

  private final Map<String, TreeMap<Place, Cell>> byRegion = new TreeMap<>();

  private record Place(long slice, String group) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int bySlice = Long.compare(slice, other.slice);
      return bySlice == 0 ? group.compareTo(other.group) : bySlice;
    }
  }

  /** False when there are more than {@link #ROWS_MAX}. */
  boolean add(List<Row> rows, boolean grouped) {
    if (rows.size() > ROWS_MAX) {
      return false;
    }
    for (Row row : rows) {
      long total = row.number("total");
      String group = grouped ? Group.of(row.text("raw")) : Group.ALL;
      add(
          row.text("region"),
          new Cell(row.number("slice"), total - row.number("bad"), total, 0, group));
    }
    return true;
  }

  /**
   * Events of points; bad ones are in no total of their own.
   *
   * @param sign 1, or -1 to take them away
   */
  public void add(String region, long slice, String group, Role.Events events, int sign) {
    add(
        region,
        new Cell(
            slice,
            sign * (events.good() - events.bad()),
            sign * events.total(),
            sign * events.uncertain(),
            group));
  }

  /** They are no more than one record of counts takes. */
  public boolean fit() {
    return byRegion.values().stream().mapToInt(TreeMap::size).sum() <= ROWS_MAX;
  }

  private void add(String region, Cell cell) {
    byRegion
        .computeIfAbsent(region, name -> new TreeMap<>())
        .merge(new Place(cell.sliceStartSeconds(), cell.group()), cell, PastCells::sum);
  }

  /** Those with events. */
  Map<String, List<Cell>> byRegion() {
    Map<String, List<Cell>> lists = new TreeMap<>();
    byRegion.forEach(
        (region, cells) -> {
          List<Cell> counted = cells.values().stream().filter(PastCells::counts).toList();
          if (!counted.isEmpty()) {
            lists.put(region, counted);
          }
        });
    return lists;
  }

  private static boolean counts(Cell cell) {
    return (cell.good() | cell.total() | cell.uncertain()) != 0;
  }

  /** Capped: a point of a metric may claim any number of events. */
  private static Cell sum(Cell a, Cell b) {
    return new Cell(
        a.sliceStartSeconds(),
        Sums.capped(a.good(), b.good()),
        Sums.capped(a.total(), b.total()),
        Sums.capped(a.uncertain(), b.uncertain()),
        a.group());
  }
}
