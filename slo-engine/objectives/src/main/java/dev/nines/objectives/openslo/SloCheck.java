// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./nines slo check FILE...}: prints every violation of every file. */
public final class SloCheck {

  public static final int VALID = 0;
  public static final int INVALID = 1;
  public static final int UNREADABLE = 2;

  private SloCheck() {}

  /**
   * Prints {@code file:line:column path: message} for each violation, notes, and a last line with
   * the count.
   *
   * @return the exit code: {@link #VALID}, {@link #INVALID}, or {@link #UNREADABLE} when a file
   *     cannot be read
   */
  public static int run(List<Path> files, PrintStream out) {
    List<Source> sources = new ArrayList<>();
    int unreadable = 0;
    for (Path file : files) {
      try {
        sources.add(new Source(file.toString(), Files.readString(file)));
      } catch (MalformedInputException e) {
        out.println(file + " is not UTF-8 text");
        unreadable++;
      } catch (IOException e) {
        out.println(file + " cannot be read: " + reason(file, e));
        unreadable++;
      }
    }
    Parsed parsed = OpenSlo.read(sources);
    parsed.violations().forEach(out::println);
    parsed.notes().forEach(note -> out.println("note: " + note));
    out.println(
        parsed.slos().size()
            + " valid SLOs, "
            + parsed.violations().size()
            + " errors in "
            + files.size()
            + " files");
    if (unreadable > 0) {
      return UNREADABLE;
    }
    return parsed.valid() ? VALID : INVALID;
  }

  private static String reason(Path file, IOException e) {
    return switch (e) {
      case NoSuchFileException absent -> "there is no such file";
      case AccessDeniedException denied -> "permission denied";
      default -> Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
    };
  }
}
