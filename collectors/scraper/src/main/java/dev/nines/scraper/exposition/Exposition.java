// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads the body of a scrape. */
public final class Exposition {

  private static final int METADATA_PER_SAMPLE = 3;

  private final Cursor cursor = new Cursor();
  private final Syntax syntax;
  private final SampleReader reader;
  private final Families families;
  private final int samplesMax;
  private int samples;
  private int described;

  private Exposition(Syntax syntax, int samplesMax) {
    this.syntax = syntax;
    this.samplesMax = samplesMax;
    reader = new SampleReader(cursor, syntax);
    families = syntax == Syntax.TEXT ? new TextFamilies() : new OpenMetricsFamilies();
  }

  /**
   * What a body says.
   *
   * @param samples lines with a value
   */
  public record Read(List<Family> families, int samples) {}

  /**
   * Reads to the end of the stream.
   *
   * @throws Malformed when a line breaks a rule of the format
   * @throws TooManySamples for more than {@code samplesMax}, or for more metadata than those could
   *     have
   * @throws IOException of the stream
   */
  public static Read read(InputStream stream, Syntax syntax, int samplesMax) throws IOException {
    return new Exposition(syntax, samplesMax).read(stream);
  }

  private Read read(InputStream stream) throws IOException {
    Lines lines = new Lines(stream);
    boolean ended = false;
    while (lines.next(cursor)) {
      if (ended) {
        throw cursor.wrong("eof", "a line stands behind # EOF");
      }
      ended = syntax == Syntax.TEXT ? text() : openMetrics();
    }
    if (syntax == Syntax.OPEN_METRICS && !ended) {
      throw new Malformed(lines.number() + 1, "eof", "# EOF is missing: the body is not whole");
    }
    if (syntax == Syntax.TEXT && !lines.isWhole()) {
      throw new Malformed(
          lines.number(), "line-feed", "the last line does not end: the body is not whole");
    }
    return new Read(families.finish(), samples);
  }

  /** Other comments than HELP and TYPE, and lines without anything, mean nothing. */
  private boolean text() {
    cursor.blanks();
    if (cursor.atEnd()) {
      return false;
    }
    if (!cursor.take('#')) {
      sample();
    } else if (cursor.blanks()) {
      switch (cursor.word()) {
        case "HELP" -> {
          String name = textName();
          describe();
          families.help(name, cursor.help(false), cursor);
        }
        case "TYPE" -> {
          String name = textName();
          String type = cursor.word();
          cursor.blanks();
          cursor.expectEnd();
          describe();
          families.type(name, type(type), cursor);
        }
        default -> {
          // A comment.
        }
      }
    }
    return false;
  }

  private String textName() {
    cursor.blanks();
    String name = reader.name();
    if (!cursor.blanks() && !cursor.atEnd()) {
      throw cursor.wrong("name", "'" + name + "' is followed by a character that no name may have");
    }
    return name;
  }

  /** True behind the end of the exposition. */
  private boolean openMetrics() {
    if (cursor.peek() != '#' && !cursor.atEnd()) {
      sample();
    } else if (cursor.take("# HELP ")) {
      String name = reader.name();
      cursor.expect(' ', "behind the name");
      describe();
      families.help(name, cursor.help(true), cursor);
    } else if (cursor.take("# TYPE ")) {
      String name = reader.name();
      cursor.expect(' ', "behind the name");
      String type = cursor.word();
      cursor.expectEnd();
      describe();
      families.type(name, type(type), cursor);
    } else if (cursor.take("# UNIT ")) {
      String name = reader.name();
      cursor.expect(' ', "behind the name");
      String unit = cursor.bareName(true);
      cursor.expectEnd();
      describe();
      families.unit(name, unit, cursor);
    } else if (cursor.take("# EOF")) {
      cursor.expectEnd();
      return true;
    } else {
      throw cursor.wrong("comment", "neither comments nor empty lines may be in OpenMetrics");
    }
    return false;
  }

  private void sample() {
    if (++samples > samplesMax) {
      throw new TooManySamples(samplesMax);
    }
    families.sample(reader.sample());
  }

  /** Each sample could be of a family of its own, with HELP, TYPE and UNIT. */
  private void describe() {
    if (++described > METADATA_PER_SAMPLE * (long) samplesMax) {
      throw new TooManySamples(samplesMax);
    }
  }

  private FamilyType type(String word) {
    return FamilyType.of(word, syntax)
        .orElseThrow(() -> cursor.wrong("type", "'" + word + "' is no type of metric"));
  }
}
