// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.sloth.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query of Sloth into tokens; the last one is {@link Kind#END} or {@link Kind#WRONG}. */
final class Tokens {

  private record Form(Kind kind, Pattern pattern) {}

  /** The first one that fits is taken. */
  private static final List<Form> FORMS =
      List.of(
          new Form(Kind.WINDOW, Pattern.compile("\\{\\{ *\\.window *\\}\\}")),
          new Form(Kind.NAME, Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*")),
          new Form(Kind.NUMBER, Pattern.compile("\\.?[0-9][0-9A-Za-z_.]*")),
          new Form(Kind.SYMBOL, Pattern.compile("!=|!~|=~|==|<=|>=|\\p{ASCII}")));

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    Tokens tokens = new Tokens(text);
    while (tokens.next()) {}
    return tokens.tokens;
  }

  /** False at the end. */
  private boolean next() {
    skip();
    if (at >= text.length()) {
      return add(Kind.END, "", at, at);
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'' || c == '`') {
      return string();
    }
    for (Form form : FORMS) {
      Matcher matcher = form.pattern.matcher(text).region(at, text.length());
      if (matcher.lookingAt()) {
        boolean template = form.kind == Kind.SYMBOL && text.startsWith("{{", at);
        return template
            ? add(Kind.WRONG, "a template other than {{.window}}", at, at)
            : add(form.kind, matcher.group(), at, matcher.end());
      }
    }
    return add(Kind.WRONG, "'" + text.substring(at, text.offsetByCodePoints(at, 1)) + "'", at, at);
  }

  private boolean string() {
    QuotedText quoted = QuotedText.read(text, at);
    boolean template = quoted.error().isEmpty() && quoted.value().contains("{{");
    String wrong = template ? "a template inside a string" : quoted.error();
    return wrong.isEmpty()
        ? add(Kind.STRING, quoted.value(), at, quoted.end())
        : add(Kind.WRONG, wrong, at, at);
  }

  private boolean add(Kind kind, String found, int offset, int end) {
    tokens.add(new Token(kind, found, offset));
    at = end;
    return kind != Kind.END && kind != Kind.WRONG;
  }

  /** White space and comments. */
  private void skip() {
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '#')) {
      if (text.charAt(at) == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else {
        at++;
      }
    }
  }
}
