// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells people how a benchmark goes and how it ended. */
public record Teller(PrintStream out) {

  public void say(String format, Object... values) {
    out.println(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /** True when every goal is reached; figures go into the report either way. */
  boolean conclude(Outcome outcome, Optional<Path> report, String commit) {
    outcome.lines().forEach(out::println);
    List<String> missed = outcome.missed();
    missed.forEach(line -> out.println("  MISSED " + line));
    say(missed.isEmpty() ? "Every goal is reached." : "Not every goal is reached.");
    report.ifPresent(file -> new Report(file).append(outcome.figures(Machine.name(), commit)));
    return missed.isEmpty();
  }
}
