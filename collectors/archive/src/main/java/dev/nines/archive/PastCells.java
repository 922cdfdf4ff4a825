// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Group;
import dev.nines.warehouse.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up rows of counts; raw values of a grouping attribute become the names of groups. */
final class PastCells {

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
      Cell cell = new Cell(row.number("slice"), total - row.number("bad"), total, 0, group);
      if (total > 0) {
        byRegion
            .computeIfAbsent(row.text("region"), region -> new TreeMap<>())
            .merge(new Place(cell.sliceStartSeconds(), group), cell, PastCells::sum);
      }
    }
    return true;
  }

  Map<String, List<Cell>> byRegion() {
    Map<String, List<Cell>> lists = new TreeMap<>();
    byRegion.forEach((region, cells) -> lists.put(region, new ArrayList<>(cells.values())));
    return lists;
  }

  private static Cell sum(Cell a, Cell b) {
    return new Cell(
        a.sliceStartSeconds(), a.good() + b.good(), a.total() + b.total(), 0, a.group());
  }
}
