// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads burn policies: {@code long=2m short=20s factor=10 severity=page}, several separated by
 * semicolons. {@code name=} is optional; without it a policy is called by severity and long window.
 */
final class PolicyParser {

  /**
   * @param offset of the policy in its text
   */
  record Placed(BurnPolicy policy, int offset) {}

  private record Word(String value, int offset) {}

  private static final Pattern PART = Pattern.compile("[^;]+");
  private static final Pattern PAIR = Pattern.compile("(\\w+)=(\\S*)|(\\S+)");
  private static final Pattern FACTOR = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,18})?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
  private static final List<String> KEYS = List.of("long", "short", "factor", "severity", "name");

  private final Complaint complaint;

  private PolicyParser(Complaint complaint) {
    this.complaint = complaint;
  }

  /**
   * Those that can be judged; complains about all that are wrong. One without a factor or a
   * severity is there too, with those of a policy that can fire, so that what is wrong with its
   * windows is told at once.
   */
  static List<Placed> parse(String text, Complaint complaint) {
    PolicyParser parser = new PolicyParser(complaint);
    List<Placed> policies = new ArrayList<>();
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      if (!parts.group().isBlank()) {
        int start = parts.start() + leading(parts.group());
        parser.policy(parts.group(), parts.start(), start).ifPresent(policies::add);
      }
    }
    return policies;
  }

  private Optional<Placed> policy(String part, int partOffset, int start) {
    Map<String, Word> words = words(part, partOffset);
    Optional<Duration> longWindow = duration(words, "long", start);
    Optional<Duration> shortWindow = duration(words, "short", start);
    Optional<BigDecimal> factor = factor(words, start);
    Optional<Severity> severity = severity(words, start);
    Severity told = severity.orElse(Severity.PAGE);
    Optional<String> name = name(words, told);
    if (longWindow.isEmpty() || shortWindow.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Placed(
            new BurnPolicy(
                name.get(),
                longWindow.get(),
                shortWindow.get(),
                factor.orElse(BigDecimal.ONE),
                told),
            start));
  }

  private Map<String, Word> words(String part, int partOffset) {
    Map<String, Word> words = new LinkedHashMap<>();
    Matcher pairs = PAIR.matcher(part);
    while (pairs.find()) {
      int offset = partOffset + pairs.start();
      String key = pairs.group(1);
      if (key == null || !KEYS.contains(key)) {
        complaint.at(
            offset, "'" + pairs.group() + "' is none of " + String.join("=, ", KEYS) + "=");
      } else if (words.put(key, new Word(pairs.group(2), partOffset + pairs.start(2))) != null) {
        complaint.at(offset, key + "= stands here twice");
      }
    }
    return words;
  }

  private Optional<Duration> duration(Map<String, Word> words, String key, int start) {
    Optional<Word> word = required(words, key, start);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> duration =
        DurationText.parse(word.get().value()).filter(window -> window.getNano() == 0);
    if (duration.isEmpty()) {
      complaint.at(
          word.get().offset(),
          key
              + "="
              + word.get().value()
              + " is no window of whole seconds, such as 20s, 5m, 6h, 3d");
    }
    return duration;
  }

  private Optional<BigDecimal> factor(Map<String, Word> words, int start) {
    Optional<Word> word = required(words, "factor", start);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    if (FACTOR.matcher(word.get().value()).matches()) {
      BigDecimal factor = new BigDecimal(word.get().value());
      if (factor.signum() > 0) {
        return Optional.of(factor);
      }
    }
    complaint.at(
        word.get().offset(), "factor=" + word.get().value() + " is no decimal number above 0");
    return Optional.empty();
  }

  private Optional<Severity> severity(Map<String, Word> words, int start) {
    Optional<Word> word = required(words, "severity", start);
    return word.flatMap(
        found ->
            switch (found.value()) {
              case "page" -> Optional.of(Severity.PAGE);
              case "ticket" -> Optional.of(Severity.TICKET);
              default -> {
                complaint.at(
                    found.offset(), "severity=" + found.value() + " is neither page nor ticket");
                yield Optional.empty();
              }
            });
  }

  private Optional<String> name(Map<String, Word> words, Severity severity) {
    Word given = words.get("name");
    if (given == null) {
      Word longWindow = words.get("long");
      String window = longWindow == null ? "" : longWindow.value();
      return Optional.of(severity.name().toLowerCase(Locale.ROOT) + "-" + window);
    }
    if (NAME.matcher(given.value()).matches()) {
      return Optional.of(given.value());
    }
    complaint.at(given.offset(), "name=" + given.value() + " is not of lower-case letters, digits");
    return Optional.empty();
  }

  private Optional<Word> required(Map<String, Word> words, String key, int start) {
    Word word = words.get(key);
    if (word == null) {
      complaint.at(start, key + "= is missing");
    }
    return Optional.ofNullable(word);
  }

  private static int leading(String part) {
    return part.length() - part.stripLeading().length();
  }
}
