// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.CounterIndicator.Part;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.Threshold;
import dev.nines.objectives.ThresholdIndicator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What an SLO wants of the series that it selects: one half of a ratio of counters, a histogram, or
 * values.
 *
 * @param threshold of {@link Role#THRESHOLD}
 */
public record Wanted(MetricSelection selection, Role role, Optional<Threshold> threshold) {

  /** One for a histogram or values, two for a ratio of counters, none for spans and composites. */
  public static List<Wanted> of(Indicator indicator) {
    return switch (indicator) {
      case SpanIndicator _, CompositeIndicator _ -> List.of();
      case ThresholdIndicator(var selection, var _, var _) ->
          List.of(new Wanted(selection, Role.VALUE, Optional.empty()));
      case RawIndicator(var selection, var _) ->
          List.of(new Wanted(selection, Role.VALUE, Optional.empty()));
      case HistogramIndicator(var selection, var threshold) ->
          List.of(new Wanted(selection, Role.THRESHOLD, Optional.of(threshold)));
      case CounterIndicator(var total, var part, var partIs) -> {
        boolean good = partIs == Part.GOOD;
        Role all = good ? Role.TOTAL_BESIDE_GOOD : Role.TOTAL_BESIDE_BAD;
        yield List.of(
            new Wanted(total, all, Optional.empty()),
            new Wanted(part, good ? Role.GOOD : Role.BAD, Optional.empty()));
      }
    };
  }

  /**
   * The threshold in the unit of a metric; 0 for other roles.
   *
   * @return empty when it is a time and the unit is none
   */
  public Optional<BigDecimal> limit(String metricUnit) {
    return threshold.isEmpty() ? Optional.of(BigDecimal.ZERO) : threshold.get().in(metricUnit);
  }
}
