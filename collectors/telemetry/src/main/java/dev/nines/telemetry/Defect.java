// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Locale;

/** Why an item of a well-formed batch is rejected for good; the others of its batch are kept. */
public enum Defect {
  TRACE_ID("trace_id is not 16 bytes with one that is not zero"),
  SPAN_ID("span_id is not 8 bytes with one that is not zero"),
  NAME("the metric has no name"),
  TIME("time_unix_nano is 0"),
  TEMPORALITY("aggregation_temporality is neither delta nor cumulative"),
  VALUE("there is no value, and no flag that says so"),
  BUCKETS("bucket_counts are not one more than explicit_bounds, or the bounds do not rise"),
  COUNT("count is not the sum of the bucket counts, or over 2^63"),
  NOT_STORED("Nines stores traces and metrics, no logs"),
  SERIES_LIMIT("its series is new, and there are as many as there may be"),
  TOO_LARGE("with all that it stands under it is over 900 KiB");

  private final String rule;

  Defect(String rule) {
    this.rule = rule;
  }

  /** The rule that the item breaks, for the client. */
  public String rule() {
    return rule;
  }

  /** A bounded word for accounting and metrics. */
  public String reason() {
    return name().toLowerCase(Locale.ROOT);
  }
}
