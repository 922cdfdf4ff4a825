// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.SpanPredicate.Attribute;
import dev.nines.objectives.SpanPredicate.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes predicates in the grammar that {@link PredicateParser} reads. */
final class PredicateText {

  private static final Pattern WORD = Pattern.compile("[^\\s=!<>']+");

  private final String around;

  /**
   * @param around each operator
   */
  private PredicateText(String around) {
    this.around = around;
  }

  /** Without the spaces that nobody needs where it would be too long with them. */
  static String of(SpanPredicate predicate) {
    String wide = new PredicateText(" ").text(predicate);
    return wide.length() <= SelectorFields.PREDICATE_MAX
        ? wide
        : new PredicateText("").text(predicate);
  }

  /** The grammar has no "not" before an attribute, nor "or" within "and". */
  static boolean has(SpanPredicate predicate) {
    return switch (predicate) {
      case SpanPredicate.AnyOf(var predicates) -> predicates.stream().allMatch(PredicateText::term);
      default -> term(predicate);
    };
  }

  private static boolean term(SpanPredicate predicate) {
    return switch (predicate) {
      case SpanPredicate.AnyOf _ -> false;
      case SpanPredicate.AllOf(var predicates) ->
          predicates.stream()
              .allMatch(each -> !(each instanceof SpanPredicate.AllOf) && term(each));
      case SpanPredicate.Not(Attribute _) -> false;
      default -> true;
    };
  }

  static String ofAttributes(List<Attribute> any) {
    return of(new SpanPredicate.AnyOf(List.copyOf(any)));
  }

  private String text(SpanPredicate predicate) {
    return switch (predicate) {
      case SpanPredicate.StatusError() -> status("=");
      case SpanPredicate.Slower(var threshold) -> duration(">", threshold);
      case Attribute(var key, var comparison, var value) ->
          "attribute " + word(key) + around + operator(comparison) + around + word(value);
      case SpanPredicate.AnyOf(var predicates) ->
          predicates.stream().map(this::text).collect(Collectors.joining(" or "));
      case SpanPredicate.AllOf(var predicates) ->
          predicates.stream().map(this::text).collect(Collectors.joining(" and "));
      case SpanPredicate.Not(SpanPredicate.StatusError()) -> status("!=");
      case SpanPredicate.Not(SpanPredicate.Slower(var threshold)) -> duration("<=", threshold);
      case SpanPredicate.Not not -> throw new IllegalStateException("no text has " + not);
    };
  }

  private String status(String operator) {
    return "status" + around + operator + around + "error";
  }

  private String duration(String operator, Duration threshold) {
    return "duration" + around + operator + around + DurationText.format(threshold);
  }

  private static String word(String text) {
    boolean plain = WORD.matcher(text).matches() && !PredicateParser.RESERVED.contains(text);
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }

  private static String operator(Comparison comparison) {
    return switch (comparison) {
      case EQ -> "=";
      case NE -> "!=";
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
    };
  }
}
