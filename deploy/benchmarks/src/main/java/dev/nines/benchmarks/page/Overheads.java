// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How late pages were, in milliseconds.
 *
 * @param millis of those that came, in any order
 * @param missing pages that were due and did not come
 */
record Overheads(List<Long> millis, int missing) {

  Overheads {
    millis = millis.stream().sorted().toList();
  }

  /** With those of another run. */
  Overheads plus(Overheads other) {
    List<Long> all = new ArrayList<>(millis);
    all.addAll(other.millis);
    return new Overheads(all, missing + other.missing);
  }

  long median() {
    return rank(0.5);
  }

  long p99() {
    return rank(0.99);
  }

  boolean complete() {
    return missing == 0 && !millis.isEmpty();
  }

  /** Nearest rank: of 100 the 99th, of fewer the last. */
  private long rank(double share) {
    return millis.get((int) Math.ceil(share * millis.size()) - 1);
  }

  @Override
  public String toString() {
    String lost = missing == 0 ? "" : "; %,d more were due and did not come".formatted(missing);
    if (millis.isEmpty()) {
      return "no page" + lost;
    }
    return String.format(
        Locale.ROOT,
        "median %s, 99 %% %s, least %s, most %s, of %,d pages%s",
        seconds(median()),
        seconds(p99()),
        seconds(millis.getFirst()),
        seconds(millis.getLast()),
        millis.size(),
        lost);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
  }
}
