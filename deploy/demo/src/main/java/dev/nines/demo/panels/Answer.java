// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import java.util.Arrays;
import java.util.List;

/**
 * Rows as ClickHouse writes them in the format TabSeparatedWithNamesAndTypes.
 *
 * @param text all of it, to be loaded elsewhere
 */
record Answer(List<String> columns, List<String> types, List<List<String>> rows, String text) {

  static final String FORMAT = " FORMAT TabSeparatedWithNamesAndTypes";

  static Answer read(String text) {
    List<List<String>> lines =
        text.lines().map(line -> Arrays.asList(line.split("\t", -1))).toList();
    return new Answer(lines.get(0), lines.get(1), lines.subList(2, lines.size()), text);
  }

  boolean hasData() {
    return rows.stream()
        .anyMatch(row -> row.stream().anyMatch(cell -> !cell.equals("\\N") && !cell.equals("nan")));
  }

  /**
   * Its rows with only some columns.
   *
   * @throws IllegalArgumentException when it lacks one
   */
  List<List<String>> only(List<String> names) {
    List<Integer> places = names.stream().map(this::place).toList();
    return rows.stream().map(row -> places.stream().map(row::get).toList()).toList();
  }

  private int place(String name) {
    int place = columns.indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException("has no column " + name);
    }
    return place;
  }

  /** Declarations of its columns, for a table that can hold it. */
  String declarations() {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      list.append(i == 0 ? "" : ", ")
          .append('`')
          .append(columns.get(i))
          .append("` ")
          .append(types.get(i).replace("\\'", "'"));
    }
    return list.toString();
  }
}
