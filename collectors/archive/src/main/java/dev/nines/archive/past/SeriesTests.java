// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.past;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.AnchoredRegex;
import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.SpanPredicate.Attribute;
import dev.nines.objectives.SpanPredicate.Comparison;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A selection over stored texts; the same meaning as extraction gives it over the wire form. */
final class SeriesTests {

  private static final int NUMBER_CHARS = 40;

  private final String service;
  private final List<Predicate<Labels>> tests = new ArrayList<>();

  SeriesTests(MetricSelection selection) {
    this.service = selection.service();
    selection
        .attributes()
        .forEach((key, value) -> tests.add(holds(new Attribute(key, Comparison.EQ, value))));
    selection.matchers().forEach(matcher -> tests.add(holds(matcher)));
    if (!selection.where().isEmpty()) {
      List<Predicate<Labels>> any = selection.where().stream().map(SeriesTests::holds).toList();
      tests.add(labels -> any.stream().anyMatch(test -> test.test(labels)));
    }
  }

  /** The metric's name was looked up before. */
  boolean select(String ofService, Labels labels) {
    return (service.isEmpty() || service.equals(ofService))
        && tests.stream().allMatch(test -> test.test(labels));
  }

  private static Predicate<Labels> holds(Attribute condition) {
    String given = condition.value();
    Predicate<String> test =
        switch (condition.comparison()) {
          case EQ -> given::equals;
          case NE -> text -> !given.equals(text);
          case LT -> compared(given, -1, -1);
          case LE -> compared(given, -1, 0);
          case GT -> compared(given, 1, 1);
          case GE -> compared(given, 1, 0);
        };
    return labels -> labels.find(condition.key()).filter(test).isPresent();
  }

  private static Predicate<Labels> holds(AttributeMatcher matcher) {
    String value = matcher.value();
    Predicate<String> test =
        switch (matcher.operator()) {
          case EQUAL -> value::equals;
          case NOT_EQUAL -> text -> !value.equals(text);
          case MATCH -> matches(value);
          case NOT_MATCH -> matches(value).negate();
        };
    return labels -> test.test(labels.find(matcher.key()).orElse(""));
  }

  private static Predicate<String> matches(String expression) {
    AnchoredRegex regex = AnchoredRegex.of(expression);
    return text -> regex.test(text.getBytes(UTF_8));
  }

  private static Predicate<String> compared(String given, int wanted, int alsoWanted) {
    Optional<BigDecimal> limit = number(given);
    return text -> {
      Optional<Integer> sign =
          limit.flatMap(bound -> number(text).map(value -> value.compareTo(bound)));
      return sign.isPresent() && (sign.get() == wanted || sign.get() == alsoWanted);
    };
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return text.length() > NUMBER_CHARS
          ? Optional.empty()
          : Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
