// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.objectives.openslo.PredicateTokens.Kind;
import dev.nines.objectives.openslo.PredicateTokens.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the predicate {@code bad} or {@code good} of a span SLI. Each condition is read by itself,
 * so that every error is found at once. The grammar stands in {@code
 * slo-engine/examples/README.md}:
 *
 * <pre>
 * predicate = term , { "or" , term } ;
 * term      = condition , { "and" , condition } ;
 * condition = "status" , ( "=" | "!=" ) , "error"
 *           | "duration" , ( "&gt;" | "&lt;=" ) , length
 *           | "attribute" , key , operator , value ;
 * operator  = "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ;
 * </pre>
 */
final class PredicateParser {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final String EXAMPLES =
      "'status = error', 'duration > 50ms', 'attribute http.response.status_code >= 500'";

  /** Words that must be quoted where they are values. */
  static final List<String> RESERVED = List.of("or", "and");

  /** Nanoseconds of it are far from the end of 64 bits. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** More are no predicate that a person reads. */
  private static final int CONDITIONS_MAX = 16;

  private final String text;
  private final Complaint complaint;
  private int complaints;

  private PredicateParser(String text, Complaint complaint) {
    this.text = text;
    this.complaint =
        (offset, message) -> {
          complaints++;
          complaint.at(offset, message);
        };
  }

  /** Empty after at least one complaint. */
  static Optional<SpanPredicate> parse(String text, Complaint complaint) {
    return new PredicateParser(text, complaint).predicate();
  }

  private Optional<SpanPredicate> predicate() {
    List<SpanPredicate> terms = new ArrayList<>();
    List<SpanPredicate> term = new ArrayList<>();
    List<Token> condition = new ArrayList<>();
    int conditions = 1;
    for (Token token : PredicateTokens.of(text, complaint)) {
      if (RESERVED.stream().anyMatch(token::isWord)) {
        condition(condition, token.offset()).ifPresent(term::add);
        condition.clear();
        conditions++;
        if (token.isWord("or")) {
          terms.add(all(term));
          term.clear();
        }
      } else {
        condition.add(token);
      }
    }
    condition(condition, text.length()).ifPresent(term::add);
    terms.add(all(term));
    if (conditions > CONDITIONS_MAX) {
      complaint.at(0, conditions + " conditions; at most " + CONDITIONS_MAX + " may be");
    } else if (complaints == 0) {
      return Optional.of(terms.size() == 1 ? terms.getFirst() : new SpanPredicate.AnyOf(terms));
    }
    return Optional.empty();
  }

  private static SpanPredicate all(List<SpanPredicate> term) {
    return term.size() == 1 ? term.getFirst() : new SpanPredicate.AllOf(List.copyOf(term));
  }

  private Optional<SpanPredicate> condition(List<Token> tokens, int end) {
    if (tokens.isEmpty()) {
      return wrong(end, "a condition is missing here, such as " + EXAMPLES);
    }
    Token first = tokens.getFirst();
    return switch (first.kind() == Kind.WORD ? first.text() : "") {
      case "status" -> status(tokens, end);
      case "duration" -> duration(tokens, end);
      case "attribute" -> attribute(tokens, end);
      default ->
          wrong(
              first.offset(),
              "'" + first.text() + "' begins no condition; conditions look like " + EXAMPLES);
    };
  }

  private Optional<SpanPredicate> status(List<Token> tokens, int end) {
    if (!operator(tokens, 1, end, List.of("=", "!="))) {
      return Optional.empty();
    }
    return operand(tokens, 2, end)
        .flatMap(
            value ->
                value.text().equals("error")
                    ? Optional.of(unless(tokens.get(1), "!=", new SpanPredicate.StatusError()))
                    : wrong(value.offset(), "the only status that can be asked for is error"));
  }

  private Optional<SpanPredicate> duration(List<Token> tokens, int end) {
    if (!operator(tokens, 1, end, List.of(">", "<="))) {
      return Optional.empty();
    }
    Optional<Token> operand = operand(tokens, 2, end);
    if (operand.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> threshold =
        DurationText.parse(operand.get().text()).filter(each -> each.compareTo(LONGEST) <= 0);
    return threshold.isPresent()
        ? Optional.of(unless(tokens.get(1), "<=", new SpanPredicate.Slower(threshold.get())))
        : wrong(
            operand.get().offset(),
            "'"
                + operand.get().text()
                + "' is no length up to "
                + DurationText.format(LONGEST)
                + "; units are "
                + DurationText.UNITS);
  }

  /** Its negation where the operator is the opposite one. */
  private static SpanPredicate unless(Token operator, String opposite, SpanPredicate predicate) {
    return operator.text().equals(opposite) ? predicate.negated() : predicate;
  }

  private Optional<SpanPredicate> attribute(List<Token> tokens, int end) {
    if (tokens.size() < 2 || tokens.get(1).kind() == Kind.OPERATOR) {
      return wrong(
          tokens.size() < 2 ? end : tokens.get(1).offset(), "an attribute's key is missing");
    }
    if (!operator(tokens, 2, end, List.of("=", "!=", "<", "<=", ">", ">="))) {
      return Optional.empty();
    }
    Comparison comparison = comparison(tokens.get(2).text());
    boolean texts = comparison == Comparison.EQ || comparison == Comparison.NE;
    return operand(tokens, 3, end)
        .flatMap(
            value ->
                texts || NUMBER.matcher(value.text()).matches()
                    ? Optional.of(
                        new SpanPredicate.Attribute(tokens.get(1).text(), comparison, value.text()))
                    : wrong(value.offset(), "'" + value.text() + "' is no number"));
  }

  private boolean operator(List<Token> tokens, int index, int end, List<String> allowed) {
    boolean there = index < tokens.size();
    boolean known =
        there
            && tokens.get(index).kind() == Kind.OPERATOR
            && allowed.contains(tokens.get(index).text());
    if (!known) {
      String found = there ? "'" + tokens.get(index).text() + "'" : "the end";
      complaint.at(
          there ? tokens.get(index).offset() : end,
          "after '"
              + tokens.get(index - 1).text()
              + "' comes "
              + String.join(" or ", allowed)
              + ", not "
              + found);
    }
    return known;
  }

  /** The last token of a condition. */
  private Optional<Token> operand(List<Token> tokens, int index, int end) {
    if (index >= tokens.size() || tokens.get(index).kind() == Kind.OPERATOR) {
      return wrong(index < tokens.size() ? tokens.get(index).offset() : end, "a value is missing");
    }
    if (tokens.size() > index + 1) {
      Token extra = tokens.get(index + 1);
      return wrong(
          extra.offset(), "'" + extra.text() + "' stands where only 'and' or 'or' may follow");
    }
    return Optional.of(tokens.get(index));
  }

  private <T> Optional<T> wrong(int offset, String message) {
    complaint.at(offset, message);
    return Optional.empty();
  }

  private static Comparison comparison(String operator) {
    return switch (operator) {
      case "=" -> Comparison.EQ;
      case "!=" -> Comparison.NE;
      case "<" -> Comparison.LT;
      case "<=" -> Comparison.LE;
      case ">" -> Comparison.GT;
      default -> Comparison.GE;
    };
  }
}
