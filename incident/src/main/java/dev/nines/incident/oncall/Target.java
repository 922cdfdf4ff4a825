// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.nines.objectives.request.FieldRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom a step tells; as text {@code user/ann}, {@code schedule/primary}, {@code channel/team}. */
public record Target(Kind kind, String name) {

  /** What a target is. */
  public enum Kind {
    USER,
    /** Whoever has the duty when the step begins. */
    SCHEDULE,
    CHANNEL,
    /** Every channel of the tenant but the fallback: what is done where no policy is defined. */
    EVERY_CHANNEL
  }

  private static final int TARGETS_MAX = 20;

  static final Target EVERY_CHANNEL = new Target(Kind.EVERY_CHANNEL, "");

  /** Empty when the text is no target. */
  static Optional<Target> parse(String text) {
    for (Kind kind : Kind.values()) {
      String prefix = word(kind) + "/";
      if (text.startsWith(prefix)) {
        return Optional.of(new Target(kind, text.substring(prefix.length())));
      }
    }
    return Optional.empty();
  }

  /** Complains about each text that is no target. */
  public static List<Target> list(
      FieldRules rules, String field, @Nullable List<@Nullable String> texts) {
    List<Target> targets = new ArrayList<>();
    for (String text : Names.items(rules, field, texts, 1, TARGETS_MAX)) {
      Optional<Target> target = parse(text);
      if (target.isEmpty()) {
        String shown = text.substring(0, Math.min(80, text.length()));
        rules.refuse(
            field,
            "target",
            shown,
            "must be user/NAME, schedule/NAME, channel/NAME, every-channel/");
      } else if (!targets.contains(target.get())) {
        targets.add(target.get());
      }
    }
    return targets;
  }

  @JsonCreator
  static Target of(String text) {
    return parse(text).orElseThrow();
  }

  @JsonValue
  @Override
  public String toString() {
    return word(kind) + "/" + name;
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
