// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.RawIndicator.RawType;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.ThresholdIndicator;
import dev.nines.objectives.ThresholdIndicator.Operator;
import dev.nines.objectives.series.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** What the value of a point counts as. */
sealed interface Valuation {

  /** Empty where events are counted, and not valued. */
  static Optional<Valuation> of(Indicator indicator) {
    return switch (indicator) {
      case ThresholdIndicator(var _, var operator, var limit) ->
          Optional.of(new Compared(operator, limit));
      case RawIndicator(var _, var type) -> Optional.of(new Share(type));
      case SpanIndicator _, CounterIndicator _, HistogramIndicator _, CompositeIndicator _ ->
          Optional.empty();
    };
  }

  /** Empty for a value that says nothing. */
  Optional<Role.Events> of(PointValue value);

  /** One event, good when the value compares so with the limit. */
  record Compared(Operator operator, BigDecimal limit) implements Valuation {

    @Override
    public Optional<Role.Events> of(PointValue value) {
      return switch (value) {
        case PointValue.Finite(var number) -> Optional.of(one(number.compareTo(limit)));
        case PointValue.Infinite(int sign) -> Optional.of(one(sign));
        case PointValue.None none -> Optional.empty();
      };
    }

    private Role.Events one(int sign) {
      return new Role.Events(operator.holds(sign) ? 1 : 0, 1, 0, 0);
    }
  }

  /** Parts of one event, of which the value's share is good, or bad. */
  record Share(RawType of) implements Valuation {

    private static final BigDecimal PARTS = BigDecimal.valueOf(RawIndicator.PARTS);

    @Override
    public Optional<Role.Events> of(PointValue value) {
      return value instanceof PointValue.Finite(var share)
              && share.signum() >= 0
              && share.compareTo(BigDecimal.ONE) <= 0
          ? Optional.of(new Role.Events(good(share), RawIndicator.PARTS, 0, 0))
          : Optional.empty();
    }

    private long good(BigDecimal share) {
      long parts = share.multiply(PARTS).setScale(0, RoundingMode.HALF_UP).longValueExact();
      return of == RawType.SUCCESS ? parts : RawIndicator.PARTS - parts;
    }
  }
}
