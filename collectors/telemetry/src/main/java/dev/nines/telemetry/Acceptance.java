// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What extraction adds to an envelope that counts. (region, task, seq) names the record for ever:
 * seq grows by one with each record that a task writes for a region, to whatever topic.
 *
 * @param appendedAt log-append time in {@code telemetry.in}; every later rule on time reads it
 */
public record Acceptance(Instant appendedAt, String region, String task, long seq) {

  public Map<String, byte[]> headers() {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put("appendedAt", Envelope.text(Long.toString(appendedAt.toEpochMilli())));
    headers.put("region", Envelope.text(region));
    headers.put("task", Envelope.text(task));
    headers.put("seq", Envelope.text(Long.toString(seq)));
    return headers;
  }

  /**
   * @throws IllegalArgumentException when a header is missing or malformed
   */
  public static Acceptance read(Function<String, byte @Nullable []> header) {
    return new Acceptance(
        Instant.ofEpochMilli(Long.parseLong(Envelope.required(header, "appendedAt"))),
        Envelope.required(header, "region"),
        Envelope.required(header, "task"),
        Long.parseLong(Envelope.required(header, "seq")));
  }
}
