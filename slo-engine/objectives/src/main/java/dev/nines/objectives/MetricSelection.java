// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Selects series of one metric. Empty texts, maps and lists select all.
 *
 * @param metric name of the metric
 * @param service {@code service.name}
 * @param attributes of the point or its resource, equal by their displayed text
 * @param where at least one holds, of the point's attributes or its resource's
 * @param matchers each holds; one of before has none
 */
public record MetricSelection(
    String metric,
    String service,
    Map<String, String> attributes,
    List<SpanPredicate.Attribute> where,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AttributeMatcher> matchers) {

  public MetricSelection {
    matchers = Objects.requireNonNullElse(matchers, List.of());
  }

  /** By equality alone. */
  public MetricSelection(
      String metric,
      String service,
      Map<String, String> attributes,
      List<SpanPredicate.Attribute> where) {
    this(metric, service, attributes, where, List.of());
  }
}
