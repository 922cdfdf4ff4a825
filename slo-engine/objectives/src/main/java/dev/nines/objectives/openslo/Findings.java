// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what is found in one file, at most {@link #MAX} violations. What is named by several is
 * read as often, and told once.
 */
public final class Findings {

  /** A file with more is no SLO file. */
  static final int MAX = 1_000;

  /** What a file says is repeated no further than this. */
  private static final int TEXT_MAX = 500;

  private static final Comparator<Violation> BY_PLACE =
      Comparator.comparingInt(Violation::line).thenComparingInt(Violation::column);

  private final String file;
  private final Optional<Reading> reading;
  private final Set<Violation> violations = new LinkedHashSet<>();
  private final Set<Violation> warnings = new LinkedHashSet<>();
  private final Set<Violation> notes = new LinkedHashSet<>();

  /** Of a file that is not OpenSLO's, which has no dialects. */
  public Findings(String file) {
    this.file = file;
    this.reading = Optional.empty();
  }

  Findings(String file, Reading reading) {
    this.file = file;
    this.reading = Optional.of(reading);
  }

  /** Of the same file, with nothing found yet. */
  Findings empty() {
    return reading.map(how -> new Findings(file, how)).orElseGet(() -> new Findings(file));
  }

  String file() {
    return file;
  }

  /**
   * @param line from 0, as YAML marks count, and so {@code column}
   */
  public void refuse(int line, int column, String path, String rule, String value, String message) {
    if (violations.size() < MAX) {
      violations.add(at(line, column, path, rule, value, message));
    }
  }

  /**
   * What is nearly right: read with a warning, or refused.
   *
   * @param lenient what lenient reading does with it, such as {@code reads gt}
   * @return whether to go on with that
   */
  boolean dialect(
      int line,
      int column,
      String path,
      String rule,
      String value,
      String message,
      String lenient) {
    if (!reading.equals(Optional.of(Reading.LENIENT))) {
      String offer = reading.isEmpty() ? "" : "; --lenient " + lenient;
      refuse(line, column, path, rule, value, message + offer);
      return false;
    }
    if (warnings.size() < MAX) {
      String text = message + "; lenient reading " + lenient;
      warnings.add(at(line, column, path, rule, value, text));
    }
    return true;
  }

  public void note(int line, int column, String path, String rule, String value, String message) {
    if (notes.size() < MAX) {
      notes.add(at(line, column, path, rule, value, message));
    }
  }

  private Violation at(
      int line, int column, String path, String rule, String value, String message) {
    return new Violation(file, line + 1, column + 1, cut(path), rule, cut(value), cut(message));
  }

  private static String cut(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
  }

  public int count() {
    return violations.size();
  }

  public List<Violation> violations() {
    return violations.stream().sorted(BY_PLACE).toList();
  }

  List<Violation> warnings() {
    return warnings.stream().sorted(BY_PLACE).toList();
  }

  public List<Violation> notes() {
    return notes.stream().sorted(BY_PLACE).toList();
  }
}
