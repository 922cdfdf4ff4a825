// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import java.util.EnumSet;
import java.util.Set;

/** What becomes of the values of each kind. */
public record Treatments(Treatment cards, Treatment emails, Treatment ips, Treatment tokens) {

  /** Card numbers are dropped, all else stays. */
  public static final Treatments DEFAULT =
      new Treatments(Treatment.DROP, Treatment.OFF, Treatment.OFF, Treatment.OFF);

  Treatment of(Kind kind) {
    return switch (kind) {
      case CARD -> cards;
      case EMAIL -> emails;
      case IP -> ips;
      case TOKEN -> tokens;
    };
  }

  /** The kinds that are looked for. */
  Set<Kind> kinds() {
    Set<Kind> kinds = EnumSet.allOf(Kind.class);
    kinds.removeIf(kind -> of(kind) == Treatment.OFF);
    return kinds;
  }

  public boolean hashes() {
    return kinds().stream().anyMatch(kind -> of(kind) == Treatment.HASH);
  }
}
