// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Budgeting.Occurrences;
import dev.nines.objectives.CompositeIndicator;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code ./nines slo check FILE...}: prints every violation of every file. */
public final class SloCheck {

  public static final int VALID = 0;
  public static final int INVALID = 1;
  public static final int UNREADABLE = 2;

  private SloCheck() {}

  /**
   * Prints {@code file:line:column path: message} for each violation, warnings, notes, and a last
   * line with the count.
   *
   * @param eventsPerHour what each SLO gets, above 0; where that is too little it is wrong
   * @return the exit code: {@link #VALID}, {@link #INVALID}, or {@link #UNREADABLE} when a file
   *     cannot be read
   */
  public static int run(
      List<Path> files, Reading reading, Optional<BigDecimal> eventsPerHour, PrintStream out) {
    SourceFiles found = SourceFiles.read(files);
    found.unreadable().forEach(out::println);
    Parsed parsed = OpenSlo.read(found.sources(), reading);
    parsed.violations().forEach(out::println);
    warn(parsed, out);
    List<List<String>> thin =
        eventsPerHour
            .map(ThinTraffic::perHour)
            .map(traffic -> parsed.slos().stream().map(slo -> thin(slo, traffic)).toList())
            .orElse(List.of());
    thin.forEach(wrong -> wrong.forEach(out::println));
    long ofThin = thin.stream().filter(wrong -> !wrong.isEmpty()).count();
    long errors = parsed.violations().size() + thin.stream().mapToLong(List::size).sum();
    parsed.notes().forEach(note -> out.println("note: " + note));
    out.printf(
        "%s, %s in %s%n",
        counted(parsed.slos().size() - ofThin, "valid SLO"),
        counted(errors, "error"),
        counted(files.size(), "file"));
    if (!found.unreadable().isEmpty()) {
      return UNREADABLE;
    }
    return errors == 0 ? VALID : INVALID;
  }

  /**
   * Of slices, which so many events spend alike, nothing is said, and nothing of a composite: each
   * of its components is asked.
   */
  private static List<String> thin(SloDefinition slo, ThinTraffic traffic) {
    return slo.budgeting() instanceof Occurrences
            && !(slo.indicator() instanceof CompositeIndicator)
        ? traffic
            .wrong(
                slo.target(),
                slo.period().shortest(),
                slo.policies(),
                slo.confidence(),
                slo.minFailures())
            .stream()
            .map(wrong -> "%s %s: %s".formatted(slo.place(), slo.name(), wrong))
            .toList()
        : List.of();
  }

  private static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** A line for each dialect that was read, with its name. */
  static void warn(Parsed parsed, PrintStream out) {
    parsed
        .warnings()
        .forEach(warning -> out.println("warning: " + warning + " [" + warning.rule() + "]"));
  }
}
