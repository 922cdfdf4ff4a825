// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Predicate;

/**
 * A regular expression in the syntax of RE2 that must match a whole text, in which {@code .} is any
 * character, a line feed too: as in the selectors of Prometheus 3. Takes time linear in the text.
 */
public final class AnchoredRegex implements Predicate<byte[]> {

  /** Characters of an expression. */
  public static final int LENGTH_MAX = 1_000;

  /** Instructions that an expression may become: each of them may look at each character. */
  public static final int PROGRAM_MAX = 1_000;

  private final Pattern pattern;

  private AnchoredRegex(Pattern pattern) {
    this.pattern = pattern;
  }

  /** An expression, or why it is none. */
  public sealed interface Reading {
    record Read(AnchoredRegex regex) implements Reading {}

    record Refused(String reason) implements Reading {}
  }

  /** Refuses what is no expression of RE2, or too large. */
  public static Reading read(String text) {
    if (text.length() > LENGTH_MAX) {
      return new Reading.Refused(
          "has " + text.length() + " characters; at most " + LENGTH_MAX + " may be");
    }
    if (RegexSize.of(text) > RegexSize.MAX) {
      return new Reading.Refused(tooLarge());
    }
    try {
      Pattern pattern = Pattern.compile(text, Pattern.DOTALL);
      // An open \Q would quote what is written behind it in SQL.
      Pattern.compile("(?s:" + text + ")$");
      return pattern.programSize() > PROGRAM_MAX
          ? new Reading.Refused(tooLarge())
          : new Reading.Read(new AnchoredRegex(pattern));
    } catch (PatternSyntaxException e) {
      return new Reading.Refused("is no regular expression of RE2: " + reason(e));
    }
  }

  /**
   * @throws IllegalArgumentException when it is refused
   */
  public static AnchoredRegex of(String text) {
    return switch (read(text)) {
      case Reading.Read(AnchoredRegex regex) -> regex;
      case Reading.Refused(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /** The whole of a text in UTF-8. */
  @Override
  public boolean test(byte[] utf8) {
    return pattern.matches(utf8);
  }

  private static String tooLarge() {
    return "becomes more than " + PROGRAM_MAX + " instructions: repeat less";
  }

  /** The library calls a parenthesis too many an error of its own. */
  private static String reason(PatternSyntaxException e) {
    return e.getDescription().contains("stack underflow")
        ? "unexpected )"
        : e.getDescription() + ": " + e.getPattern();
  }
}
