// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.NumberPointView;
import dev.nines.telemetry.PointView;
import java.math.BigDecimal;

/**
 * The value of a point. A double is the shortest decimal that names it, as it is shown everywhere:
 * what a client measured as 0.1 is not above 0.1.
 */
sealed interface PointValue {

  record Finite(BigDecimal number) implements PointValue {}

  /**
   * Beyond all numbers.
   *
   * @param sign 1 or -1
   */
  record Infinite(int sign) implements PointValue {}

  /**
   * @param outcome bounded word: label of the metric that counts such points
   */
  record None(String outcome) implements PointValue {}

  static PointValue of(PointView point) {
    if (point.noRecordedValue()) {
      return new None("noValue");
    }
    return point instanceof NumberPointView number ? of(number) : new None("notNumber");
  }

  private static PointValue of(NumberPointView point) {
    return switch (point.kind()) {
      case NONE -> new None("noValue");
      case INT -> new Finite(BigDecimal.valueOf(point.intValue()));
      case DOUBLE -> of(point.doubleValue());
    };
  }

  private static PointValue of(double value) {
    if (Double.isNaN(value)) {
      return new None("notANumber");
    }
    return Double.isInfinite(value)
        ? new Infinite(value > 0 ? 1 : -1)
        : new Finite(BigDecimal.valueOf(value));
  }
}
