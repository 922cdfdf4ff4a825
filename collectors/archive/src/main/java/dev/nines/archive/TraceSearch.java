// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to look for: a trace is found when one of its spans has all of it.
 *
 * @param service empty for any, and so {@code operation} and {@code region}
 * @param attributes {@code key=value} of the span or its resource
 * @param from and {@code to}: the span ended in [from, to)
 * @param before where the last page ended
 */
public record TraceSearch(
    String tenant,
    String service,
    String operation,
    String region,
    List<String> attributes,
    boolean error,
    long minDurationMillis,
    Instant from,
    Instant to,
    int limit,
    @Nullable Cursor before) {

  /** Traces of one page are older than this: by end of the span found, then by id. */
  public record Cursor(long endNanos, String traceId) {

    /**
     * @throws IllegalArgumentException when the text is no cursor
     */
    static Cursor parse(String text) {
      String[] parts = text.split("-", 2);
      if (parts.length != 2 || !Traces.isTraceId(parts[1])) {
        throw new IllegalArgumentException("cursor is not one that a page returned: " + text);
      }
      try {
        return new Cursor(Long.parseLong(parts[0]), parts[1]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("cursor is not one that a page returned: " + text, e);
      }
    }

    @Override
    public String toString() {
      return endNanos + "-" + traceId;
    }
  }
}
