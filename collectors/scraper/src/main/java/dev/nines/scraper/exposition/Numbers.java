// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** Values and times as both formats write them. */
final class Numbers {

  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  /** No double needs more. */
  private static final int CHARACTERS_MAX = 400;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double SECONDS_MAX = Long.MAX_VALUE / 1e9;

  private Numbers() {}

  static double value(Cursor cursor) {
    return value(cursor.word(), cursor.line());
  }

  /** Of a label {@code le} or {@code quantile}. */
  static double bound(String word, Sample sample) {
    return value(word, sample.line());
  }

  /** A decimal number, {@code Inf} with or without a sign, or {@code NaN}. */
  private static double value(String word, int line) {
    double special = special(word);
    if (special != 0) {
      return special;
    }
    if (word.length() <= CHARACTERS_MAX && REAL.matcher(word).matches()) {
      double value = Double.parseDouble(word);
      if (Double.isFinite(value)) {
        return value;
      }
    }
    throw new Malformed(line, "number", "'" + cut(word) + "' is no number");
  }

  /** Milliseconds, as the text format counts. */
  static long milliseconds(Cursor cursor) {
    String word = cursor.word();
    if (WHOLE.matcher(word).matches()) {
      long millis = Long.parseLong(word);
      if (Math.abs(millis) <= Long.MAX_VALUE / NANOS_PER_MILLI) {
        return millis * NANOS_PER_MILLI;
      }
    }
    throw noTime(word, cursor);
  }

  /** Seconds, as OpenMetrics counts. */
  static long seconds(Cursor cursor) {
    String word = cursor.word();
    double rough = value(word, cursor.line());
    if (!(Math.abs(rough) < SECONDS_MAX)) {
      throw noTime(word, cursor);
    }
    // A tiny one has an exponent that no long division should meet.
    return Math.abs(rough) < 1e-9 ? 0 : new BigDecimal(word).movePointRight(9).longValue();
  }

  /** Seconds of a {@code _created} sample; its digits are those of a double. */
  static long createdNanos(Sample sample) {
    double seconds = sample.value();
    if (!(seconds >= 0 && seconds < SECONDS_MAX)) {
      throw new Malformed(sample.line(), "created", sample.name() + " is no time since 1970");
    }
    return BigDecimal.valueOf(seconds).movePointRight(9).longValue();
  }

  /** 0 when the word is not one of them. */
  private static double special(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> 0;
    };
  }

  private static Malformed noTime(String word, Cursor cursor) {
    return cursor.wrong(
        "timestamp", "'" + cut(word) + "' is no time, or none between 1678 and 2262");
  }

  private static String cut(String word) {
    return word.length() <= 40 ? word : word.substring(0, 40) + "...";
  }
}
