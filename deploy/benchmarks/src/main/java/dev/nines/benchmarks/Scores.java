// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Figures of one benchmark, each told with its goal as it comes. */
final class Scores {

  private final String bench;
  private final Teller teller;
  private final String commit;
  private final List<Figure> figures = new ArrayList<>();
  private boolean reached = true;

  Scores(String bench, Teller teller, String commit) {
    this.bench = bench;
    this.teller = teller;
    this.commit = commit;
  }

  void atLeast(String metric, double value, String unit, double goal) {
    add(metric, value, unit, true, "at least", goal, value >= goal);
  }

  void atMost(String metric, double value, String unit, double goal) {
    add(metric, value, unit, false, "at most", goal, value <= goal);
  }

  /** True when every goal is reached; figures go into the report either way. */
  boolean conclude(Optional<Path> report) {
    teller.say(reached ? "Every goal is reached." : "Not every goal is reached.");
    report.ifPresent(file -> new Report(file).append(figures));
    return reached;
  }

  private void add(
      String metric,
      double value,
      String unit,
      boolean higherIsBetter,
      String words,
      double goal,
      boolean there) {
    reached &= there;
    teller.say(
        "  %-34s %,.1f %s, goal %s %,.0f%s",
        metric, value, unit, words, goal, there ? "" : "  MISSED");
    double rounded = Math.round(10 * value) / 10.0;
    figures.add(
        new Figure(
            bench,
            metric,
            rounded,
            unit,
            higherIsBetter,
            null,
            null,
            null,
            Machine.name(),
            commit));
  }
}
