// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.util.Map;

/**
 * Selects spans (the total) and says which of them are bad. Empty texts and maps select all.
 *
 * @param service {@code service.name}
 * @param operation span name
 * @param kind OTLP span kind: server, client, internal, producer, consumer, or empty
 * @param attributes span or resource attributes, equal by their displayed text
 */
public record SpanIndicator(
    String service,
    String operation,
    String kind,
    Map<String, String> attributes,
    SpanPredicate bad)
    implements Indicator {}
