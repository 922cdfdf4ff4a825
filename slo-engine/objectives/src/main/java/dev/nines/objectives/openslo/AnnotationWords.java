// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An annotation of words such as {@code unmeasured=closed spent=0.9}, each key at most once. */
final class AnnotationWords {

  private static final Pattern WORD = Pattern.compile("\\S+");

  private final YamlValue value;
  private final String rule;
  private final Map<String, String> words = new LinkedHashMap<>();

  /**
   * Complains about words that are none.
   *
   * @param rule of all complaints
   */
  AnnotationWords(YamlValue value, String rule, List<String> keys) {
    this.value = value;
    this.rule = rule;
    Matcher matcher = WORD.matcher(value.text().orElse(""));
    while (matcher.find()) {
      add(matcher.group(), matcher.start(), keys);
    }
  }

  private void add(String word, int offset, List<String> keys) {
    int equals = word.indexOf('=');
    String key = equals < 0 ? word : word.substring(0, equals);
    if (equals < 0 || !keys.contains(key)) {
      value.refuseAt(offset, rule, "'" + word + "' is none of " + String.join("=, ", keys) + "=");
    } else if (words.put(key, word.substring(equals + 1)) != null) {
      value.refuseAt(offset, rule, key + "= stands here twice");
    }
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(words.get(key));
  }

  /** Empty where there is none, and after a complaint about another word. */
  <E extends Enum<E>> Optional<E> one(String key, Class<E> type) {
    String word = words.get(key);
    if (word == null) {
      return Optional.empty();
    }
    List<E> constants = List.of(type.getEnumConstants());
    Optional<E> found = constants.stream().filter(each -> word(each).equals(word)).findFirst();
    if (found.isEmpty()) {
      List<String> known = constants.stream().map(AnnotationWords::word).toList();
      value.refuse(rule, key + "=" + word + " is none of " + String.join(", ", known));
    }
    return found;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
