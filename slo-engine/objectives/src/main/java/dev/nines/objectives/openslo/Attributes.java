// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.AnchoredRegex;
import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.AttributeMatcher.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The field {@code attributes} of a selector: {@code key: text} is equality, {@code key: {matches:
 * '5..|429'}} a matcher; a list of texts is one for each.
 *
 * @param matchers sorted: their order says nothing
 */
public record Attributes(Map<String, String> equal, List<AttributeMatcher> matchers) {

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "equals", Operator.EQUAL,
          "notEquals", Operator.NOT_EQUAL,
          "matches", Operator.MATCH,
          "notMatches", Operator.NOT_MATCH);
  private static final int TEXT_MAX = 255;
  private static final int MAX = 16;
  private static final Comparator<AttributeMatcher> ORDER =
      Comparator.comparing(AttributeMatcher::key)
          .thenComparing(AttributeMatcher::operator)
          .thenComparing(AttributeMatcher::value);

  static final Attributes NONE = new Attributes(Map.of(), List.of());

  public Attributes {
    matchers = matchers.stream().sorted(ORDER).toList();
  }

  static Attributes read(YamlMap map) {
    return map.get("attributes").map(Attributes::read).orElse(NONE);
  }

  private static Attributes read(YamlValue value) {
    Map<String, String> equal = new LinkedHashMap<>();
    List<AttributeMatcher> matchers = new ArrayList<>();
    value
        .anyMap()
        .ifPresent(map -> map.fields().forEach((key, of) -> read(key, of, equal, matchers)));
    int size = equal.size() + matchers.size();
    if (size > MAX) {
      value.refuse("length", "has " + size + " attributes; at most " + MAX + " may be");
    }
    return new Attributes(equal, matchers);
  }

  private static void read(
      String key, YamlValue of, Map<String, String> equal, List<AttributeMatcher> matchers) {
    if (of.isMap()) {
      List<Asked> asked =
          of.map(OPERATORS.keySet()).map(YamlMap::fields).orElse(Map.of()).entrySet().stream()
              .flatMap(
                  word ->
                      texts(word.getValue()).stream()
                          .map(text -> new Asked(operator(word.getKey()), text)))
              .toList();
      if (asked.isEmpty()) {
        of.refuse("required", "asks nothing; write equals, notEquals, matches or notMatches");
      }
      asked.forEach(one -> matcher(key, one.operator(), one.text()).ifPresent(matchers::add));
    } else {
      of.text(TEXT_MAX).ifPresent(text -> equal.put(key, text));
    }
  }

  private record Asked(Operator operator, YamlValue text) {}

  private static Operator operator(String word) {
    return OPERATORS.getOrDefault(word, Operator.EQUAL);
  }

  private static List<YamlValue> texts(YamlValue value) {
    return value.node() instanceof SequenceNode ? value.list().orElse(List.of()) : List.of(value);
  }

  private static Optional<AttributeMatcher> matcher(
      String key, Operator operator, YamlValue value) {
    boolean regex = operator == Operator.MATCH || operator == Operator.NOT_MATCH;
    Optional<String> text = regex ? value.text() : value.text(TEXT_MAX);
    if (regex
        && text.isPresent()
        && AnchoredRegex.read(text.get()) instanceof AnchoredRegex.Reading.Refused(String reason)) {
      value.refuse("regex", reason);
      return Optional.empty();
    }
    return text.map(found -> new AttributeMatcher(key, operator, found));
  }

  /** As a file has it, in the order of keys; equality of a key that has matchers is one of them. */
  public Map<String, Object> yaml() {
    Map<String, Object> yaml = new TreeMap<>(equal);
    Map<String, Map<String, List<String>>> words = new TreeMap<>();
    for (AttributeMatcher matcher : matchers) {
      words
          .computeIfAbsent(matcher.key(), key -> new TreeMap<>())
          .computeIfAbsent(word(matcher.operator()), word -> new ArrayList<>())
          .add(matcher.value());
    }
    words.forEach(
        (key, texts) -> {
          if (equal.containsKey(key)) {
            texts
                .computeIfAbsent(word(Operator.EQUAL), word -> new ArrayList<>())
                .addFirst(equal.get(key));
          }
          Map<String, Object> written = new TreeMap<>();
          texts.forEach((word, all) -> written.put(word, all.size() == 1 ? all.getFirst() : all));
          yaml.put(key, written);
        });
    return yaml;
  }

  private static String word(Operator operator) {
    return switch (operator) {
      case EQUAL -> "equals";
      case NOT_EQUAL -> "notEquals";
      case MATCH -> "matches";
      case NOT_MATCH -> "notMatches";
    };
  }

  /** As people read it in a complaint. */
  @Override
  public String toString() {
    return matchers.isEmpty() ? equal.toString() : equal + " and " + matchers;
  }
}
