// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.util.List;
import java.util.Map;

/**
 * Selects series of one metric. Empty texts, maps and lists select all.
 *
 * @param metric name of the metric
 * @param service {@code service.name}
 * @param attributes of the point or its resource, equal by their displayed text
 * @param where at least one holds, of the point's attributes or its resource's
 */
public record MetricSelection(
    String metric,
    String service,
    Map<String, String> attributes,
    List<SpanPredicate.Attribute> where) {}
