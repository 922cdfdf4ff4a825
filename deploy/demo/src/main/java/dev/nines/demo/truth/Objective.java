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
 */
public record Objective(
    String name,
    String service,
    String operation,
    String kind,
    Map<String, String> attributes,
    Predicate<SentSpan> bad,
    BigDecimal target,
    List<Policy> policies) {

  /**
   * @param severity page or ticket
   */
  public record Policy(
      Duration longWindow, Duration shortWindow, BigDecimal factor, String severity) {}

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
