// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

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
   * @return the exit code: {@link #VALID}, {@link #INVALID}, or {@link #UNREADABLE} when a file
   *     cannot be read
   */
  public static int run(List<Path> files, Reading reading, PrintStream out) {
    SourceFiles found = SourceFiles.read(files);
    found.unreadable().forEach(out::println);
    Parsed parsed = OpenSlo.read(found.sources(), reading);
    parsed.violations().forEach(out::println);
    warn(parsed, out);
    parsed.notes().forEach(note -> out.println("note: " + note));
    out.println(
        parsed.slos().size()
            + " valid SLOs, "
            + parsed.violations().size()
            + " errors in "
            + files.size()
            + " files");
    if (!found.unreadable().isEmpty()) {
      return UNREADABLE;
    }
    return parsed.valid() ? VALID : INVALID;
  }

  /** A line for each dialect that was read, with its name. */
  static void warn(Parsed parsed, PrintStream out) {
    parsed
        .warnings()
        .forEach(warning -> out.println("warning: " + warning + " [" + warning.rule() + "]"));
  }
}
