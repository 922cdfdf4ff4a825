// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.objectives.request.FieldRules;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules that the fields of users, schedules and policies have in common. */
final class Names {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final String NAME_RULE =
      "must be lower case letters, digits, '.', '_', '-', at most 63";

  private Names() {}

  static String name(FieldRules rules, String field, @Nullable String value) {
    return rules.matching(field, value, NAME, NAME_RULE);
  }

  static ZoneId zone(FieldRules rules, @Nullable String value) {
    return parsed(
        rules,
        "zone",
        value,
        text -> {
          if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw new DateTimeException("unknown");
          }
          return ZoneId.of(text);
        },
        ZoneId.of("UTC"),
        "is no zone of the IANA, such as Europe/Berlin");
  }

  /** Complains in one sentence, and answers a stand-in, when the text cannot be read. */
  static <T> T parsed(
      FieldRules rules,
      String field,
      @Nullable String value,
      Function<String, T> reader,
      T standIn,
      String rule) {
    if (value == null) {
      rules.refuse(field, "required", "", "is required: " + rule);
      return standIn;
    }
    try {
      return reader.apply(value);
    } catch (DateTimeException | IllegalArgumentException e) {
      rules.refuse(field, "syntax", value.substring(0, Math.min(80, value.length())), rule);
      return standIn;
    }
  }

  /** A constant by its lower-case word. */
  static <E extends Enum<E>> E word(
      FieldRules rules, String field, @Nullable String value, Class<E> type) {
    E[] all = type.getEnumConstants();
    List<String> words = List.of(all).stream().map(Names::word).toList();
    return parsed(
        rules,
        field,
        value,
        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)),
        all[0],
        "must be one of " + String.join(", ", words));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static int number(
      FieldRules rules, String field, @Nullable Integer value, int smallest, int largest) {
    if (value == null || value < smallest || value > largest) {
      String shown = value == null ? "" : value.toString();
      rules.refuse(field, "range", shown, "must be from " + smallest + " to " + largest);
      return smallest;
    }
    return value;
  }

  static Duration seconds(
      FieldRules rules, String field, @Nullable Integer value, Duration least, Duration most) {
    return Duration.ofSeconds(
        number(
            rules,
            field,
            value,
            Math.toIntExact(least.toSeconds()),
            Math.toIntExact(most.toSeconds())));
  }

  /** Items that are no null; complains when they are too few or too many. */
  static <T> List<T> items(
      FieldRules rules, String field, @Nullable List<@Nullable T> values, int least, int most) {
    List<T> items =
        values == null
            ? List.of()
            : values.stream().flatMap(value -> Optional.ofNullable(value).stream()).toList();
    if (items.size() < least || items.size() > most) {
      rules.refuse(
          field, "size", Integer.toString(items.size()), "must have " + least + " to " + most);
      return items.subList(0, Math.min(most, items.size()));
    }
    return items;
  }
}
