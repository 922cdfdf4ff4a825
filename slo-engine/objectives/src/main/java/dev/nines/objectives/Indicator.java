// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What an SLO counts as events, and which of them are good. JSON without a name is of spans. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "over", defaultImpl = SpanIndicator.class)
@JsonSubTypes({
  @Type(value = SpanIndicator.class, name = "spans"),
  @Type(value = CounterIndicator.class, name = "counters"),
  @Type(value = HistogramIndicator.class, name = "histogram"),
  @Type(value = ThresholdIndicator.class, name = "values"),
  @Type(value = RawIndicator.class, name = "ratios"),
  @Type(value = CompositeIndicator.class, name = "composite")
})
public sealed interface Indicator
    permits SpanIndicator,
        CounterIndicator,
        HistogramIndicator,
        ThresholdIndicator,
        RawIndicator,
        CompositeIndicator {

  /** What one event counts as, in good and total. */
  default long partsOfEvent() {
    return 1;
  }
}
