// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a predicate into words, operators and quoted texts. */
final class PredicateTokens {

  enum Kind {
    WORD,
    QUOTED,
    OPERATOR
  }

  /**
   * @param text without quotes
   */
  record Token(Kind kind, String text, int offset) {

    boolean isWord(String word) {
      return kind == Kind.WORD && text.equals(word);
    }
  }

  private static final Pattern TOKEN =
      Pattern.compile("'((?:[^']|'')*)'|([=!<>]+)|([^\\s=!<>']+)|(')");

  private PredicateTokens() {}

  /** Complains about a quote that is not closed, and drops it. */
  static List<Token> of(String text, Complaint complaint) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        String quoted = matcher.group(1).replace("''", "'");
        tokens.add(new Token(Kind.QUOTED, quoted, matcher.start()));
      } else if (matcher.group(2) != null) {
        tokens.add(new Token(Kind.OPERATOR, matcher.group(2), matcher.start()));
      } else if (matcher.group(3) != null) {
        tokens.add(new Token(Kind.WORD, matcher.group(3), matcher.start()));
      } else {
        complaint.at(matcher.start(), "the quote is not closed");
      }
    }
    return tokens;
  }
}
