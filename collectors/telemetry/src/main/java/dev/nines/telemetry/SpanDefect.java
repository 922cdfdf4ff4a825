// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Locale;

/** Why a span of a well-formed batch is rejected for good; the others of its batch are kept. */
public enum SpanDefect {
  TRACE_ID("trace_id is not 16 bytes with one that is not zero"),
  SPAN_ID("span_id is not 8 bytes with one that is not zero"),
  TOO_LARGE("with its resource and scope it is over 900 KiB");

  private final String rule;

  SpanDefect(String rule) {
    this.rule = rule;
  }

  /** The rule that the span breaks, for the client. */
  public String rule() {
    return rule;
  }

  /** A bounded word for accounting and metrics. */
  public String reason() {
    return name().toLowerCase(Locale.ROOT);
  }
}
