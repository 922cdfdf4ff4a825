// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.Optional;

/** Events that a point counts: a number of them, or a distribution of their values. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @Type(value = Measure.Count.class, name = "count"),
  @Type(value = ExplicitBuckets.class, name = "explicit"),
  @Type(value = ExponentialBuckets.class, name = "exponential")
})
public sealed interface Measure permits Measure.Count, ExplicitBuckets, ExponentialBuckets {

  /** All events. */
  long total();

  /**
   * What was added after an earlier measure of the same stream.
   *
   * @return empty when something fell, or the kind is another: the stream began anew
   */
  Optional<Measure> since(Measure before);

  /** Events by their value. */
  Split split(BigDecimal threshold);

  /**
   * @param good events at or below the threshold
   * @param uncertain events in the bucket that contains it
   */
  record Split(long good, long uncertain) {}

  /** Events whose values are not known. */
  record Count(long total) implements Measure {

    @Override
    public Optional<Measure> since(Measure before) {
      return before instanceof Count && before.total() <= total
          ? Optional.of(new Count(total - before.total()))
          : Optional.empty();
    }

    @Override
    public Split split(BigDecimal threshold) {
      return new Split(0, total);
    }
  }
}
