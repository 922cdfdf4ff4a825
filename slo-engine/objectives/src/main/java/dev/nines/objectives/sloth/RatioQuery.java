// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.sloth.PromQl.Refusal;
import java.util.Optional;

/**
 * A query of a ratio that is translated: the mean of all points of a metric, or 1 less that.
 *
 * <pre>
 * ratio = mean | "1" , "-" , mean | "(" , ratio , ")" ;
 * mean  = selector
 *       | "avg_over_time" , "(" , selector , "[" , "{{.window}}" , "]" , ")"
 *       | points of sum_over_time , "/" , points of count_over_time
 *       | "(" , mean , ")" ;
 * points of function = "sum" , "(" , function , "(" , selector , "[" , "{{.window}}" , "]" , ")" , ")" ;
 * </pre>
 *
 * @param success the mean is subtracted from 1: it is the share of what is good
 * @param alone a selector without a window
 */
record RatioQuery(Selector selector, boolean success, boolean alone, int offset) {

  /** What a query says, or what of it is not translated. */
  sealed interface Reading {
    record Read(RatioQuery query) implements Reading {}

    record Refused(Refusal refusal) implements Reading {}
  }

  static Reading read(String query) {
    PromQl parser = PromQl.of(query);
    Optional<RatioQuery> ratio = ratio(parser).filter(found -> parser.ends());
    return parser
        .refusal()
        .<Reading>map(Reading.Refused::new)
        .orElseGet(() -> new Reading.Read(ratio.orElseThrow()));
  }

  private static Optional<RatioQuery> ratio(PromQl parser) {
    Token first = parser.peek();
    if (!first.text().equals("1")) {
      return mean(parser);
    }
    parser.take();
    return parser.expect("-")
        ? mean(parser).map(mean -> new RatioQuery(mean.selector, true, mean.alone, mean.offset))
        : Optional.empty();
  }

  private static Optional<RatioQuery> mean(PromQl parser) {
    Token first = parser.peek();
    if (first.is("(")) {
      return parser.inParentheses(() -> mean(parser));
    }
    if (first.isName("sum")) {
      return meanOfPoints(parser);
    }
    if (first.isName("avg_over_time")) {
      return parser.overTime("avg_over_time").map(found -> of(found, false, first));
    }
    if (parser.calls()) {
      return noMean(parser);
    }
    return parser.selector().map(found -> of(found, true, first));
  }

  private static RatioQuery of(Selector selector, boolean alone, Token first) {
    return new RatioQuery(selector, false, alone, first.offset());
  }

  private static Optional<RatioQuery> meanOfPoints(PromQl parser) {
    Token first = parser.peek();
    Optional<Selector> sum = sumOf(parser, "sum_over_time");
    Optional<Selector> count =
        sum.isPresent() && parser.expect("/") ? sumOf(parser, "count_over_time") : Optional.empty();
    if (count.isEmpty()) {
      return Optional.empty();
    }
    return count.equals(sum)
        ? sum.map(found -> of(found, false, first))
        : parser.refuse(first, "divides by the points of another selector: that is no mean");
  }

  private static Optional<Selector> sumOf(PromQl parser, String function) {
    Token first = parser.peek();
    if (!first.isName("sum")) {
      return parser.unexpected();
    }
    parser.take();
    return parser.inParentheses(
        () -> parser.peek().isName(function) ? parser.overTime(function) : noMean(parser));
  }

  private static <T> Optional<T> noMean(PromQl parser) {
    Token found = parser.peek();
    return parser.refuse(
        found,
        "'%s' is not translated: a ratio in one query is the mean of one metric's points, or 1 less that; write events"
            .formatted(found.text()));
  }
}
