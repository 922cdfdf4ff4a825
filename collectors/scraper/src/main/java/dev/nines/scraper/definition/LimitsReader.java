// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the limits of a job, or of all. Where Prometheus has none, these have a default. */
final class LimitsReader {

  static final Set<String> FIELDS =
      Set.of(
          "body_size_limit",
          "sample_limit",
          "label_limit",
          "label_name_length_limit",
          "label_value_length_limit",
          "target_limit");

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,10})(B|KB|KIB|MB|MIB)");
  private static final Map<String, Integer> UNITS =
      Map.of("B", 1, "KB", 1 << 10, "KIB", 1 << 10, "MB", 1 << 20, "MIB", 1 << 20);

  private LimitsReader() {}

  /**
   * @param otherwise what is left out
   */
  static Limits read(YamlMap map, Limits otherwise) {
    return new Limits(
        map.get("body_size_limit").flatMap(LimitsReader::size).orElse(otherwise.bodyBytes()),
        number(map, "sample_limit", Limits.SAMPLES_MAX, otherwise.samples()),
        number(map, "label_limit", Limits.LABELS_MAX, otherwise.labels()),
        number(
            map,
            "label_name_length_limit",
            Limits.LABEL_NAME_LENGTH_MAX,
            otherwise.labelNameLength()),
        number(
            map,
            "label_value_length_limit",
            Limits.LABEL_VALUE_LENGTH_MAX,
            otherwise.labelValueLength()),
        number(map, "target_limit", Limits.TARGETS_MAX, otherwise.targets()));
  }

  /** 0 is Prometheus's word for none, and here for the default. */
  private static int number(YamlMap map, String field, int most, int otherwise) {
    Optional<YamlValue> value = map.get(field);
    Optional<BigDecimal> number = value.flatMap(YamlValue::number);
    if (number.isEmpty() || number.get().signum() == 0) {
      return otherwise;
    }
    BigDecimal found = number.get();
    if (found.stripTrailingZeros().scale() > 0
        || found.signum() < 0
        || found.compareTo(BigDecimal.valueOf(most)) > 0) {
      value.get().refuse("range", "must be a whole number up to " + most);
      return otherwise;
    }
    return found.intValueExact();
  }

  /** As Prometheus reads sizes: units are powers of 1024. */
  private static Optional<Integer> size(YamlValue value) {
    String text = value.text().orElse("").toUpperCase(Locale.ROOT);
    Matcher matcher = SIZE.matcher(text);
    if (text.equals("0")) {
      return Optional.empty();
    }
    long bytes =
        matcher.matches()
            ? Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1)
            : 0;
    if (bytes < 1 || bytes > Limits.BODY_BYTES_MAX) {
      value.refuse(
          "range", "must be a size such as 10MB, up to " + (Limits.BODY_BYTES_MAX >> 20) + "MB");
      return Optional.empty();
    }
    return Optional.of((int) bytes);
  }
}
