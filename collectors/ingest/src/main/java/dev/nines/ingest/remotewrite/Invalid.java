// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import java.util.Locale;

/**
 * A rule of remote write that one series or point breaks; the others of its request are kept. Rules
 * quote numbers, and no text of a sender. It has no stack, so that one of a fixed text can be
 * thrown again and again.
 */
final class Invalid extends RuntimeException {

  private final Reason reason;
  private final String rule;

  /** What a rule is about: few enough to count by. */
  enum Reason {
    LABELS,
    TIME,
    HISTOGRAM;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Invalid(Reason reason, String rule) {
    super(rule, null, false, false);
    this.reason = reason;
    this.rule = rule;
  }

  static Invalid histogram(String rule) {
    return new Invalid(Reason.HISTOGRAM, rule);
  }

  Reason reason() {
    return reason;
  }

  String rule() {
    return rule;
  }
}
