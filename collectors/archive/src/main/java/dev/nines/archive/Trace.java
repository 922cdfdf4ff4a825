// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole trace, spans by start.
 *
 * @param traceId 32 hex digits
 * @param truncated whether it has more spans than {@link Traces#MAX_SPANS}
 */
public record Trace(String traceId, boolean truncated, List<Span> spans) {

  /** What of it is in a region; all of it where the region is empty. */
  Optional<Trace> within(String region) {
    List<Span> visible =
        spans.stream().filter(s -> region.isEmpty() || s.region().equals(region)).toList();
    return visible.isEmpty()
        ? Optional.empty()
        : Optional.of(new Trace(traceId, truncated, visible));
  }

  /**
   * One span.
   *
   * @param parentSpanId empty for a root
   */
  public record Span(
      String spanId,
      String parentSpanId,
      String service,
      String operation,
      String kind,
      String status,
      String statusMessage,
      Instant start,
      long durationNanos,
      String region,
      String scope,
      String traceState,
      Map<String, String> resource,
      Map<String, String> attributes,
      List<Event> events,
      List<Link> links) {}

  /** Something that happened within a span. */
  public record Event(Instant at, String name, Map<String, String> attributes) {}

  /** A reference to another span. */
  public record Link(String traceId, String spanId, Map<String, String> attributes) {}
}
