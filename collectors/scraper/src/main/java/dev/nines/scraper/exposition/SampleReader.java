// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the lines that hold values. */
final class SampleReader {

  /** Of an exemplar, all names and values together, in characters of UTF-8. */
  private static final int EXEMPLAR_CHARACTERS_MAX = 128;

  private static final String EXEMPLAR = " # {";

  private final Cursor cursor;
  private final Syntax syntax;
  private final boolean strict;

  /** One copy of each name and value of a body. */
  private final Map<String, String> texts = new HashMap<>();

  SampleReader(Cursor cursor, Syntax syntax) {
    this.cursor = cursor;
    this.syntax = syntax;
    this.strict = syntax == Syntax.OPEN_METRICS;
  }

  /** The name of a family or a sample; in quotes it may hold any character. */
  String name() {
    String name = cursor.take('"') ? cursor.quoted(strict) : cursor.bareName(true);
    return known(name, "a metric name");
  }

  Sample sample() {
    String bare = cursor.bareName(true);
    boolean blank = !strict && cursor.blanks();
    boolean braces = cursor.take('{');
    Series series = braces ? labels(bare) : new Series(bare, Labels.NONE);
    String name = known(series.name, "a metric name");
    if (strict) {
      cursor.expect(' ', "before the value");
    } else if (!cursor.blanks() && !blank && !braces && !cursor.atEnd()) {
      throw cursor.wrong("blank", "a blank is missing between name and value");
    }
    double value = Numbers.value(cursor);
    long time = time();
    Exemplar exemplar = strict && cursor.take(EXEMPLAR) ? exemplar() : null;
    if (!strict) {
      cursor.blanks();
    }
    cursor.expectEnd();
    return new Sample(name, series.labels, value, time, exemplar, cursor.line());
  }

  private record Series(String name, Labels labels) {}

  private long time() {
    if (!strict) {
      cursor.blanks();
      return cursor.atEnd() ? Point.NO_TIME : Numbers.milliseconds(cursor);
    }
    if (cursor.atEnd() || cursor.isNext(EXEMPLAR)) {
      return Point.NO_TIME;
    }
    cursor.expect(' ', "before the timestamp");
    return Numbers.seconds(cursor);
  }

  private Exemplar exemplar() {
    Labels labels = labels("").labels;
    long[] characters = {0};
    labels.forEach(
        (name, value) ->
            characters[0] +=
                name.codePointCount(0, name.length()) + value.codePointCount(0, value.length()));
    if (characters[0] > EXEMPLAR_CHARACTERS_MAX) {
      throw cursor.wrong(
          "exemplar", "its labels have over " + EXEMPLAR_CHARACTERS_MAX + " characters");
    }
    cursor.expect(' ', "before the exemplar's value");
    double value = Numbers.value(cursor);
    long time = cursor.take(' ') ? Numbers.seconds(cursor) : Point.NO_TIME;
    return new Exemplar(labels, value, time);
  }

  /** Behind the opening brace, to behind the closing one; a quoted name may be the first entry. */
  private Series labels(String bare) {
    String name = bare;
    SortedMap<String, String> labels = new TreeMap<>();
    boolean more = !takeSpaced('}');
    boolean first = true;
    while (more) {
      skipBlanks();
      String quoted = cursor.take('"') ? cursor.quoted(strict) : null;
      skipBlanks();
      if (quoted != null && first && name.isEmpty() && cursor.peek() != '=') {
        name = quoted;
      } else {
        label(quoted, labels);
      }
      first = false;
      more = takeSpaced(',');
      if (more && !strict && takeSpaced('}')) {
        return new Series(name, Labels.of(labels));
      }
      if (!more) {
        cursor.expect('}', "behind the labels");
      }
    }
    return new Series(name, labels.isEmpty() ? Labels.NONE : Labels.of(labels));
  }

  private void label(@Nullable String quoted, SortedMap<String, String> into) {
    String name = known(quoted == null ? cursor.bareName(false) : quoted, "a label name");
    if (name.equals("__name__")) {
      throw cursor.wrong("label-name", "__name__ is no label of its own");
    }
    skipBlanks();
    cursor.expect('=', "behind the label " + name);
    skipBlanks();
    cursor.expect('"', "before the value of label " + name);
    String value = cursor.quoted(strict);
    if (into.put(name, texts.computeIfAbsent(value, text -> text)) != null) {
      throw cursor.wrong("label-twice", "the label " + name + " stands there twice");
    }
  }

  private boolean takeSpaced(char wanted) {
    skipBlanks();
    return cursor.take(wanted);
  }

  private void skipBlanks() {
    if (syntax == Syntax.TEXT) {
      cursor.blanks();
    }
  }

  private String known(String name, String what) {
    if (name.isEmpty()) {
      throw cursor.wrong("name", what + " is missing or begins with a character that it may not");
    }
    return texts.computeIfAbsent(name, text -> text);
  }
}
