// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Two sets of rows. Integers, texts and times must be equal; other numbers may differ by a
 * millionth, for sums of floats depend on their order.
 */
final class Comparison {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(e[+-]?\\d+)?");
  private static final Pattern INTEGER = Pattern.compile("-?\\d+");
  private static final double TOLERANCE = 1e-6;

  private Comparison() {}

  /** The first difference, in words; empty when there is none. */
  static Optional<String> difference(List<List<String>> panel, List<List<String>> truth) {
    if (panel.size() != truth.size()) {
      return Optional.of(
          "shows %d rows, truth has %d%s"
              .formatted(panel.size(), truth.size(), example(panel, truth)));
    }
    Set<Integer> reals = reals(panel);
    reals.addAll(reals(truth));
    List<List<String>> shown = sorted(panel, reals);
    List<List<String>> owed = sorted(truth, reals);
    for (int i = 0; i < shown.size(); i++) {
      if (!same(shown.get(i), owed.get(i))) {
        return Optional.of("shows %s, truth is %s".formatted(shown.get(i), owed.get(i)));
      }
    }
    return Optional.empty();
  }

  private static String example(List<List<String>> panel, List<List<String>> truth) {
    List<List<String>> more = new ArrayList<>(panel.size() > truth.size() ? panel : truth);
    List<List<String>> less = panel.size() > truth.size() ? truth : panel;
    more.removeIf(row -> less.stream().anyMatch(other -> same(row, other)));
    return more.isEmpty() ? "" : ", such as " + more.getFirst();
  }

  private static boolean same(List<String> left, List<String> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(String left, String right) {
    if (left.equals(right)) {
      return true;
    }
    if (!isNumber(left) || !isNumber(right)) {
      return false;
    }
    if (INTEGER.matcher(left).matches() && INTEGER.matcher(right).matches()) {
      return new BigDecimal(left).compareTo(new BigDecimal(right)) == 0;
    }
    double a = Double.parseDouble(left);
    double b = Double.parseDouble(right);
    return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
  }

  /** Columns with any number that is no integer. */
  private static Set<Integer> reals(List<List<String>> rows) {
    Set<Integer> columns = new HashSet<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (isNumber(row.get(i)) && !INTEGER.matcher(row.get(i)).matches()) {
          columns.add(i);
        }
      }
    }
    return columns;
  }

  /** By what must be equal first: a millionth must not change the order. */
  private static List<List<String>> sorted(List<List<String>> rows, Set<Integer> reals) {
    Comparator<List<String>> order = Comparator.comparing(row -> keys(row, reals));
    for (int column : reals.stream().sorted().toList()) {
      order = order.thenComparingDouble(row -> number(row.get(column)));
    }
    return rows.stream().sorted(order).toList();
  }

  private static String keys(List<String> row, Set<Integer> reals) {
    return IntStream.range(0, row.size())
        .filter(column -> !reals.contains(column))
        .mapToObj(row::get)
        .toList()
        .toString();
  }

  private static double number(String cell) {
    return isNumber(cell) ? Double.parseDouble(cell) : Double.NaN;
  }

  private static boolean isNumber(String cell) {
    return NUMBER.matcher(cell).matches();
  }
}
