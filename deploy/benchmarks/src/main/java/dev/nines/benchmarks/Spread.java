// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.util.List;

/** Several runs of one thing. */
record Spread(double median, double min, double max) {

  /** Of an even number, the median is the mean of the two in the middle. */
  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }
}
