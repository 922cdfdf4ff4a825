// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Gate;
import dev.nines.objectives.Gate.Burning;
import dev.nines.objectives.Gate.Unmeasured;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a gate: {@code unmeasured=closed spent=0.9 burning=ticket}. */
final class GateReader {

  private static final String RULE = "gate";
  private static final List<String> KEYS = List.of("unmeasured", "spent", "burning");
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern SHARE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,9})?");

  private final YamlValue value;
  private final Map<String, String> words = new LinkedHashMap<>();

  private GateReader(YamlValue value) {
    this.value = value;
  }

  /** Empty after at least one complaint. */
  static Optional<Gate> read(YamlValue value) {
    return new GateReader(value).gate();
  }

  private Optional<Gate> gate() {
    int before = value.findings().count();
    Matcher matcher = WORD.matcher(value.text().orElse(""));
    while (matcher.find()) {
      word(matcher.group(), matcher.start());
    }
    if (!words.containsKey("unmeasured") && value.findings().count() == before) {
      value.refuse(
          RULE, "needs unmeasured=open or unmeasured=closed: what it says while nobody knows");
    }
    Optional<Unmeasured> unmeasured = one("unmeasured", Unmeasured.class);
    Optional<Burning> burning =
        words.containsKey("burning") ? one("burning", Burning.class) : Optional.of(Burning.PAGE);
    Optional<BigDecimal> spent = spent(words.getOrDefault("spent", "1"));
    if (value.findings().count() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Gate(spent.orElseThrow(), burning.orElseThrow(), unmeasured.orElseThrow()));
  }

  private void word(String word, int offset) {
    int equals = word.indexOf('=');
    String key = equals < 0 ? word : word.substring(0, equals);
    if (equals < 0 || !KEYS.contains(key)) {
      value.refuseAt(offset, RULE, "'" + word + "' is none of " + String.join("=, ", KEYS) + "=");
    } else if (words.put(key, word.substring(equals + 1)) != null) {
      value.refuseAt(offset, RULE, key + "= stands here twice");
    }
  }

  private <E extends Enum<E>> Optional<E> one(String key, Class<E> type) {
    String word = words.get(key);
    if (word == null) {
      return Optional.empty();
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(constant);
      }
    }
    List<String> known =
        List.of(type.getEnumConstants()).stream()
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    value.refuse(RULE, key + "=" + word + " is none of " + String.join(", ", known));
    return Optional.empty();
  }

  private Optional<BigDecimal> spent(String word) {
    if (SHARE.matcher(word).matches() && new BigDecimal(word).signum() > 0) {
      return Optional.of(new BigDecimal(word));
    }
    value.refuse(RULE, "spent=" + word + " is no share above 0, such as 0.9");
    return Optional.empty();
  }
}
