// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import dev.nines.transport.Topic;
import java.time.Duration;

/** The topics that ingest, extraction and archive write. A region's topics stay in its region. */
public final class TelemetryTopics {

  /** Dimensioned RED rows of 10 s, keyed by tenant and service; JSON of {@link RedRollup}. */
  public static final Topic RED_ROLLUPS = Topic.kept("red.rollups", 4, Duration.ofHours(24));

  /** Keyed by tenant and region; JSON of {@link AccountingEntry}. */
  public static final Topic ACCOUNTING = Topic.kept("telemetry.accounting", 4, Duration.ofDays(7));

  /**
   * Records of {@code telemetry.in} that break its own rules (a missing header, a body that is not
   * OTLP), unchanged but for headers {@code reason} and {@code source}.
   */
  public static final Topic QUARANTINE = Topic.kept("telemetry.quarantine", 1, Duration.ofDays(7));

  /**
   * Points of the series that SLOs select, keyed by series; JSON that only extraction reads, which
   * writes it.
   */
  public static final Topic SERIES_POINTS = Topic.kept("series.points", 4, Duration.ofHours(24));

  /** Keyed by tenant; JSON of {@link TraceInterest}. */
  public static final Topic TRACE_INTEREST =
      Topic.kept("trace.interest", 4, Duration.ofHours(1)).withLogAppendTime();

  /**
   * Partitions of every regional topic; {@code accepted} keeps the partition number of {@code in}.
   */
  public static final int REGIONAL_PARTITIONS = 4;

  private static final String IN = "telemetry.in.";
  private static final String ACCEPTED = "telemetry.accepted.";
  private static final String KEPT = "telemetry.kept.";
  private static final Duration DAY = Duration.ofHours(24);

  private TelemetryTopics() {}

  /** Envelopes (key: batch identity) and {@link Progress} records, as ingest received them. */
  public static Topic in(String region) {
    return Topic.kept(IN + region, REGIONAL_PARTITIONS, DAY).withLogAppendTime();
  }

  /** The envelopes that count, unchanged but for the headers of {@link Acceptance}. */
  public static Topic accepted(String region) {
    return Topic.kept(ACCEPTED + region, REGIONAL_PARTITIONS, DAY).withLogAppendTime();
  }

  /**
   * The spans of {@code accepted} that the sampler keeps of tenants that are sampled, see {@link
   * Sampling}: a record for each record there, with the same key and {@link Acceptance}.
   */
  public static Topic kept(String region) {
    return Topic.kept(KEPT + region, REGIONAL_PARTITIONS, DAY).withLogAppendTime();
  }

  /** The region of a topic made by {@link #in} or {@link #accepted}. */
  public static String region(String topic) {
    String prefix = topic.startsWith(IN) ? IN : ACCEPTED;
    if (!topic.startsWith(prefix)) {
      throw new IllegalArgumentException("not a regional topic: " + topic);
    }
    return topic.substring(prefix.length());
  }
}
