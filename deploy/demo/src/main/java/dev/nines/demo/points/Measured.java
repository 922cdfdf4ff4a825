// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import java.util.List;

/** What a point says. */
public sealed interface Measured {

  /** All of it as text, in which two points differ if anything of them does. */
  String text();

  record Counter(long value) implements Measured {
    @Override
    public String text() {
      return Long.toString(value);
    }
  }

  /**
   * @param counts one more than the bounds: bucket i holds (bound i-1, bound i]
   */
  record Histogram(double sum, List<Double> bounds, List<Long> counts) implements Measured {
    @Override
    public String text() {
      List<Long> bits = bounds.stream().map(Double::doubleToLongBits).toList();
      return "%d %s %s".formatted(Double.doubleToLongBits(sum), list(bits), list(counts));
    }
  }

  record Exponential(double sum, int scale, long zeroCount, int offset, List<Long> counts)
      implements Measured {
    @Override
    public String text() {
      return "%d %d %d %d %s"
          .formatted(Double.doubleToLongBits(sum), scale, zeroCount, offset, list(counts));
    }
  }

  private static String list(List<Long> numbers) {
    return numbers.toString().replace(" ", "");
  }
}
