// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Traces found, newest first.
 *
 * @param next cursor of the next page; null on the last one
 */
public record TracePage(List<Summary> traces, @Nullable String next) {

  /**
   * A trace in a line.
   *
   * @param service of its root span, or of its earliest span where the root is not stored
   */
  public record Summary(
      String traceId,
      String service,
      String operation,
      Instant start,
      long durationNanos,
      long spans,
      long errors,
      List<String> services,
      List<String> regions) {}
}
