// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An SLO as the demo reads it from its YAML: a second, simpler reading than the platform's.
 *
 * @param bad whether a selected span is bad
 * @param group attribute whose values divide the counts; empty when nothing does
 */
public record Objective(
    String name,
    String service,
    String operation,
    String kind,
    Map<String, String> attributes,
    Predicate<SentSpan> bad,
    String group,
    BigDecimal target,
    List<Policy> policies) {

  /**
   * @param severity page or ticket
   */
  public record Policy(
      Duration longWindow, Duration shortWindow, BigDecimal factor, String severity) {}

  /** What the platform calls a span's group when it lacks the attribute. */
  private static final String NONE = "__none__";

  /** Empty when the objective has no groups. */
  String groupOf(SentSpan span) {
    return group.isEmpty() ? "" : span.attributes().getOrDefault(group, NONE);
  }

  boolean selects(SentSpan span) {
    return matches(service, span.service())
        && matches(operation, span.name())
        && matches(kind, span.kind())
        && attributes.entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(span.attributes().get(entry.getKey())));
  }

  private static boolean matches(String wanted, String found) {
    return wanted.isEmpty() || wanted.equalsIgnoreCase(found);
  }
}
