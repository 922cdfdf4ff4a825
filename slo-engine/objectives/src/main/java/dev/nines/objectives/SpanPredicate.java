// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;

/** When a span is bad; its {@link Attribute} also asks the points of a metric. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @Type(value = SpanPredicate.StatusError.class, name = "statusError"),
  @Type(value = SpanPredicate.Slower.class, name = "slower"),
  @Type(value = SpanPredicate.Attribute.class, name = "attribute"),
  @Type(value = SpanPredicate.AnyOf.class, name = "anyOf"),
  @Type(value = SpanPredicate.AllOf.class, name = "allOf"),
  @Type(value = SpanPredicate.Not.class, name = "not")
})
public sealed interface SpanPredicate {

  /** The OTLP status code is ERROR. */
  record StatusError() implements SpanPredicate {}

  /** The span lasted longer than the threshold; exactly the threshold is good. */
  record Slower(Duration threshold) implements SpanPredicate {}

  /**
   * A span, point or resource attribute compares so; without it nothing matches. EQ and NE compare
   * displayed texts, the others numbers.
   */
  record Attribute(String key, Comparison comparison, String value) implements SpanPredicate {}

  /** At least one holds. */
  record AnyOf(List<SpanPredicate> predicates) implements SpanPredicate {}

  /** All hold. */
  record AllOf(List<SpanPredicate> predicates) implements SpanPredicate {}

  /** Does not hold. */
  record Not(SpanPredicate predicate) implements SpanPredicate {}

  /**
   * Holds exactly where this one does not. {@link Not} stands before single conditions only, so
   * that the negation of a negation is equal to what it was.
   */
  default SpanPredicate negated() {
    return switch (this) {
      case Not(var predicate) -> predicate;
      case AnyOf(var predicates) ->
          new AllOf(predicates.stream().map(SpanPredicate::negated).toList());
      case AllOf(var predicates) ->
          new AnyOf(predicates.stream().map(SpanPredicate::negated).toList());
      case StatusError single -> new Not(single);
      case Slower single -> new Not(single);
      case Attribute single -> new Not(single);
    };
  }

  /** Operators of an attribute predicate. */
  enum Comparison {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE
  }
}
