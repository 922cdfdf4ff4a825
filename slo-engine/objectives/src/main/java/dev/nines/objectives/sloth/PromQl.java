// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.AnchoredRegex;
import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.AttributeMatcher.Operator;
import dev.nines.objectives.sloth.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The part of PromQL that is translated:
 *
 * <pre>
 * expression = quotient , { "-" , quotient } ;
 * quotient   = term , { "/" , term } ;
 * term       = number | sum | "(" , expression , ")" ;
 * sum        = "sum" , [ clause ] , "(" , rate , ")" , [ clause ] ;
 * clause     = ( "by" | "without" ) , "(" , [ label , { "," , label } ] , ")" ;
 * rate       = ( "rate" | "increase" ) , "(" , selector , "[" , "{{.window}}" , "]" , ")" ;
 * selector   = metric , [ "{" , [ matcher , { "," , matcher } , [ "," ] ] , "}" ] ;
 * matcher    = label , ( "=" | "!=" | "=~" | "!~" ) , string ;
 * </pre>
 *
 * Everything else is named where it stands.
 */
final class PromQl {

  private static final int LENGTH_MAX = 10_000;
  private static final int DEPTH_MAX = 50;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "=", Operator.EQUAL,
          "!=", Operator.NOT_EQUAL,
          "=~", Operator.MATCH,
          "!~", Operator.NOT_MATCH);

  private final List<Token> tokens;
  private Optional<Refusal> refusal = Optional.empty();
  private int at;
  private int depth;

  private PromQl(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** What a query says, or what of it is not translated. */
  sealed interface Reading {
    record Read(Expr expr) implements Reading {}

    record Refused(Refusal refusal) implements Reading {}
  }

  /**
   * @param offset into the query
   */
  record Refusal(int offset, String message) {}

  static Reading read(String query) {
    PromQl parser = of(query);
    Optional<Expr> expr = parser.expression().filter(found -> parser.ends());
    return parser
        .refusal
        .<Reading>map(Reading.Refused::new)
        .orElseGet(() -> new Reading.Read(expr.orElseThrow()));
  }

  /** At the start of a query; one that is too long is refused already. */
  static PromQl of(String query) {
    if (query.length() <= LENGTH_MAX) {
      return new PromQl(Tokens.of(query));
    }
    PromQl parser = new PromQl(Tokens.of(""));
    parser.refusal = Optional.of(new Refusal(0, "has over " + LENGTH_MAX + " characters"));
    return parser;
  }

  /** What was refused first. */
  Optional<Refusal> refusal() {
    return refusal;
  }

  /** False after a complaint: there is more. */
  boolean ends() {
    return peek().kind() == Kind.END || fails();
  }

  /** A function's name stands here. */
  boolean calls() {
    return peek().kind() == Kind.NAME && tokens.get(at + 1).is("(");
  }

  /** {@code function(selector[{{.window}}])}. */
  Optional<Selector> overTime(String function) {
    if (!peek().isName(function)) {
      return unexpected();
    }
    take();
    return inParentheses(() -> selector().filter(selector -> range()));
  }

  <T> Optional<T> inParentheses(Supplier<Optional<T>> inside) {
    Token open = peek();
    if (!expect("(")) {
      return Optional.empty();
    }
    if (++depth > DEPTH_MAX) {
      return refuse(open, "has parentheses over " + DEPTH_MAX + " deep");
    }
    Optional<T> found = inside.get().filter(each -> expect(")"));
    depth--;
    return found;
  }

  private Optional<Expr> expression() {
    Optional<Expr> left = quotient();
    while (left.isPresent() && peek().is("-")) {
      int operator = take().offset();
      Optional<Expr> minuend = left;
      left = quotient().map(right -> new Expr.Difference(minuend.get(), right, operator));
    }
    return left;
  }

  private Optional<Expr> quotient() {
    Optional<Expr> left = term();
    while (left.isPresent() && peek().is("/")) {
      int operator = take().offset();
      Optional<Expr> dividend = left;
      left = term().map(right -> new Expr.Quotient(dividend.get(), right, operator));
    }
    return left;
  }

  private Optional<Expr> term() {
    Token first = peek();
    if (first.kind() == Kind.NUMBER) {
      take();
      return NUMBER.matcher(first.text()).matches()
          ? Optional.of(new Expr.Scalar(new BigDecimal(first.text()), first.offset()))
          : refuse(first, "number '" + first.text() + "' is not translated: write a plain decimal");
    }
    if (first.is("(")) {
      return inParentheses(this::expression);
    }
    return first.isName("sum") ? sum() : notTranslated(first);
  }

  private Optional<Expr> notTranslated(Token first) {
    if (first.kind() != Kind.NAME) {
      return first.is("{") ? refuse(first, "a selector without a metric's name") : unexpected();
    }
    Token second = tokens.get(at + 1);
    boolean called = second.is("(") || second.isName("by") || second.isName("without");
    if (called && isRate(first)) {
      return refuse(
          first,
          "'%1$s' without sum has a value for each series: write sum(%1$s(...))"
              .formatted(first.text()));
    }
    return refuse(
        first,
        called
            ? "'" + first.text() + "' is not translated: only sum of rate or increase is"
            : "'" + first.text() + "' stands outside of rate and increase");
  }

  private Optional<Expr> sum() {
    int offset = take().offset();
    if (!clause() || !expect("(")) {
      return Optional.empty();
    }
    return rate(offset).filter(counted -> expect(")") && clause());
  }

  /** False after a complaint: there are labels that stay. */
  private boolean clause() {
    Token word = peek();
    if (!word.isName("by") && !word.isName("without")) {
      return true;
    }
    take();
    List<String> labels = new ArrayList<>();
    boolean whole = expect("(");
    while (whole && !peek().is(")")) {
      labels.add(peek().text());
      whole = take().kind() == Kind.NAME || fails();
      whole = whole && (peek().is(")") || expect(","));
    }
    if (!whole || !expect(")")) {
      return false;
    }
    if (word.isName("by") && labels.isEmpty()) {
      return true;
    }
    refuse(
        word,
        "'%s (%s)' gives each group a budget of its own; here an SLO has one budget"
            .formatted(word.text(), String.join(", ", labels)));
    return false;
  }

  private Optional<Expr> rate(int offset) {
    Token function = peek();
    if (function.is("(")) {
      return inParentheses(() -> rate(offset));
    }
    if (!isRate(function)) {
      return function.kind() == Kind.NAME
          ? refuse(function, "'" + function.text() + "' is not translated inside sum")
          : unexpected();
    }
    take();
    if (!expect("(")) {
      return Optional.empty();
    }
    return selector()
        .filter(selector -> range() && expect(")"))
        .map(selector -> new Expr.Counted(selector, function.text(), offset));
  }

  private static boolean isRate(Token token) {
    return token.isName("rate") || token.isName("increase");
  }

  private boolean range() {
    if (!expect("[")) {
      return false;
    }
    if (peek().kind() == Kind.WRONG) {
      return fails();
    }
    if (peek().kind() != Kind.WINDOW) {
      refuse(peek(), "the range is fixed: only [{{.window}}] is translated");
      return false;
    }
    take();
    if (peek().text().startsWith(":")) {
      refuse(peek(), "a subquery is not translated");
      return false;
    }
    if (!expect("]")) {
      return false;
    }
    return (!peek().isName("offset") && !peek().is("@")) || fails();
  }

  Optional<Selector> selector() {
    Token metric = peek();
    if (metric.kind() != Kind.NAME) {
      return metric.is("{") ? refuse(metric, "a selector without a metric's name") : unexpected();
    }
    take();
    List<AttributeMatcher> labels = new ArrayList<>();
    if (peek().is("{")) {
      take();
      while (!peek().is("}")) {
        Optional<AttributeMatcher> label = matcher();
        if (label.isEmpty() || (!peek().is("}") && !expect(","))) {
          return Optional.empty();
        }
        labels.add(label.get());
      }
      take();
    }
    return Optional.of(new Selector(metric.text(), List.copyOf(labels)));
  }

  private Optional<AttributeMatcher> matcher() {
    Token label = peek();
    if (label.kind() != Kind.NAME || label.text().contains(":")) {
      return label.kind() == Kind.STRING
          ? refuse(label, "a label's name in quotes is not translated")
          : unexpected();
    }
    take();
    if (label.text().equals("__name__")) {
      return refuse(label, "'__name__' is not translated: write the metric's name");
    }
    Optional<Operator> operator =
        Optional.ofNullable(peek().kind() == Kind.SYMBOL ? OPERATORS.get(peek().text()) : null);
    if (operator.isEmpty()) {
      return unexpected();
    }
    take();
    Token value = peek();
    if (value.kind() != Kind.STRING) {
      return unexpected();
    }
    take();
    boolean regex = operator.get() == Operator.MATCH || operator.get() == Operator.NOT_MATCH;
    if (regex
        && AnchoredRegex.read(value.text())
            instanceof AnchoredRegex.Reading.Refused(String reason)) {
      return refuse(value, "'" + value.text() + "' " + reason);
    }
    return Optional.of(new AttributeMatcher(label.text(), operator.get(), value.text()));
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The last token stays. */
  Token take() {
    Token token = peek();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean expect(String symbol) {
    if (!peek().is(symbol)) {
      return fails();
    }
    take();
    return true;
  }

  /** Always false. */
  private boolean fails() {
    unexpected();
    return false;
  }

  <T> Optional<T> unexpected() {
    Token token = peek();
    return refuse(
        token,
        switch (token.kind()) {
          case END -> "the query ends too early";
          case WRONG -> token.text() + " is not translated";
          case STRING -> "the string '" + token.text() + "' is not translated here";
          case NAME, NUMBER, SYMBOL, WINDOW -> "'" + token.text() + "' is not translated here";
        });
  }

  /** The first one is told. */
  <T> Optional<T> refuse(Token token, String message) {
    if (refusal.isEmpty()) {
      refusal = Optional.of(new Refusal(token.offset(), message));
    }
    return Optional.empty();
  }
}
