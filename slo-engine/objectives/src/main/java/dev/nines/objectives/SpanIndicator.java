// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Selects spans (the total) and says which of them are bad. Empty texts and maps select all.
 *
 * @param service {@code service.name}
 * @param operation span name
 * @param kind OTLP span kind: server, client, internal, producer, consumer, or empty
 * @param attributes span or resource attributes, equal by their displayed text
 * @param matchers each holds; one of before has none
 */
public record SpanIndicator(
    String service,
    String operation,
    String kind,
    Map<String, String> attributes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AttributeMatcher> matchers,
    SpanPredicate bad)
    implements Indicator {

  public SpanIndicator {
    matchers = Objects.requireNonNullElse(matchers, List.of());
  }

  /** By equality alone. */
  public SpanIndicator(
      String service,
      String operation,
      String kind,
      Map<String, String> attributes,
      SpanPredicate bad) {
    this(service, operation, kind, attributes, List.of(), bad);
  }
}
