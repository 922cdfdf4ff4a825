// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import dev.nines.demo.truth.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a point says. */
public sealed interface Measured {

  /** All of it as text, in which two points differ if anything of them does. */
  String text();

  /** How many events it counts. */
  long events();

  /** What it has more than an earlier one of its stream. */
  Measured less(Measured before);

  /** Events at or below a threshold are good; those of its bucket are uncertain. */
  Count split(Duration threshold);

  record Counter(long value) implements Measured {
    @Override
    public String text() {
      return Long.toString(value);
    }

    @Override
    public long events() {
      return value;
    }

    @Override
    public Measured less(Measured before) {
      return new Counter(value - before.events());
    }

    @Override
    public Count split(Duration threshold) {
      return new Count(0, value, value);
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

    @Override
    public long events() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public Measured less(Measured before) {
      if (!(before instanceof Histogram earlier) || !earlier.bounds.equals(bounds)) {
        throw new IllegalArgumentException("the shop never changes its buckets");
      }
      List<Long> added = new ArrayList<>();
      for (int i = 0; i < counts.size(); i++) {
        added.add(counts.get(i) - earlier.counts.get(i));
      }
      return new Histogram(sum - earlier.sum, bounds, added);
    }

    @Override
    public Count split(Duration threshold) {
      double limit = threshold.toNanos() / 1e9;
      long good = 0;
      long uncertain = 0;
      for (int i = 0; i < counts.size(); i++) {
        boolean whole = i < bounds.size() && bounds.get(i) <= limit;
        boolean partly = i == 0 || bounds.get(i - 1) < limit;
        good += whole ? counts.get(i) : 0;
        uncertain += !whole && partly ? counts.get(i) : 0;
      }
      return new Count(good, events(), uncertain);
    }
  }

  record Exponential(double sum, int scale, long zeroCount, int offset, List<Long> counts)
      implements Measured {
    @Override
    public String text() {
      return "%d %d %d %d %s"
          .formatted(Double.doubleToLongBits(sum), scale, zeroCount, offset, list(counts));
    }

    @Override
    public long events() {
      return zeroCount + counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Scales may differ: only how many there are can be told apart. */
    @Override
    public Measured less(Measured before) {
      return new Counter(events() - before.events());
    }

    @Override
    public Count split(Duration threshold) {
      throw new UnsupportedOperationException("no objective of the demo splits these buckets");
    }
  }

  private static String list(List<Long> numbers) {
    return numbers.toString().replace(" ", "");
  }
}
