// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle.brute;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a metric source, as conditions on events. */
final class Selectors {

  private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

  private Selectors() {}

  @SuppressWarnings("unchecked")
  static Predicate<Event> of(Map<String, Object> spec) {
    Predicate<Event> all = event -> true;
    for (Map.Entry<String, Object> field : spec.entrySet()) {
      String value = field.getValue().toString();
      all =
          all.and(
              switch (field.getKey()) {
                case "service" -> event -> event.service().equals(value);
                case "operation" ->
                    event -> event instanceof Event.Span s && s.operation().equals(value);
                case "kind" -> event -> event instanceof Event.Span s && s.kind().equals(value);
                case "metric" -> event -> metric(event).equals(value);
                case "attributes" -> attributes((Map<String, Object>) field.getValue());
                case "bad", "good", "where" -> any(value);
                default -> throw new IllegalArgumentException(field.getKey());
              });
    }
    return all;
  }

  private static String metric(Event event) {
    return switch (event) {
      case Event.Point point -> point.metric();
      case Event.Gauge gauge -> gauge.metric();
      case Event.Span span -> "";
    };
  }

  private static Predicate<Event> attributes(Map<String, Object> wanted) {
    return event ->
        wanted.entrySet().stream()
            .allMatch(e -> wants(e.getValue(), event.attributes().get(e.getKey())));
  }

  /** A text; or matchers, to which an attribute that is not there is the empty text. */
  @SuppressWarnings("unchecked")
  private static boolean wants(Object wanted, @Nullable String value) {
    return wanted instanceof Map<?, ?> matchers
        ? ((Map<String, Object>) matchers)
            .entrySet().stream()
                .allMatch(
                    matcher ->
                        texts(matcher.getValue())
                            .allMatch(text -> wants(matcher.getKey(), text, value)))
        : wanted.toString().equals(value);
  }

  private static boolean wants(String matcher, String text, @Nullable String value) {
    String present = value == null ? "" : value;
    return switch (matcher) {
      case "equals" -> present.equals(text);
      case "notEquals" -> !present.equals(text);
      case "matches" -> present.matches(text);
      case "notMatches" -> !present.matches(text);
      default -> throw new IllegalArgumentException(matcher);
    };
  }

  private static Stream<String> texts(Object one) {
    return one instanceof List<?> many
        ? many.stream().map(Object::toString)
        : Stream.of(one.toString());
  }

  private static Predicate<Event> any(String text) {
    Predicate<Event> any = event -> false;
    for (String term : text.split(" or ")) {
      Predicate<Event> all = event -> true;
      for (String condition : term.split(" and ")) {
        all = all.and(condition(condition.strip().split("\\s+")));
      }
      any = any.or(all);
    }
    return any;
  }

  /**
   * {@code status = error}, {@code duration > 50ms}, {@code attribute key >= 500}, and {@code !=},
   * {@code <=}, {@code <}.
   */
  private static Predicate<Event> condition(String[] words) {
    return switch (words[0]) {
      case "status" ->
          event -> event instanceof Event.Span span && span.error() == words[1].equals("=");
      case "duration" -> {
        BigDecimal limit =
            new BigDecimal(words[2].substring(0, words[2].length() - 2)).multiply(NANOS_PER_MILLI);
        yield event ->
            event instanceof Event.Span span
                && BigDecimal.valueOf(span.endNanos() - span.startNanos()).compareTo(limit) > 0
                    == words[1].equals(">");
      }
      default ->
          event -> {
            String value = event.attributes().get(words[1]);
            return value != null
                && new BigDecimal(value).compareTo(new BigDecimal(words[3])) >= 0
                    == words[2].equals(">=");
          };
    };
  }
}
