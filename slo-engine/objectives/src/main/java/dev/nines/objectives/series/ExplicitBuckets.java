// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.series;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bucket i holds values in (bound i-1, bound i], the last one everything above.
 *
 * @param bounds rising
 * @param counts not negative, one more than the bounds
 */
public record ExplicitBuckets(List<Double> bounds, List<Long> counts) implements Measure {

  @JsonIgnore
  @Override
  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** Of buckets with other bounds only the number of events can be told apart. */
  @Override
  public Optional<Measure> since(Measure before) {
    if (!(before instanceof ExplicitBuckets(var otherBounds, var otherCounts))) {
      return Optional.empty();
    }
    if (!bounds.equals(otherBounds)) {
      return new Count(total()).since(new Count(before.total()));
    }
    List<Long> added = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      added.add(counts.get(i) - otherCounts.get(i));
    }
    return added.stream().anyMatch(count -> count < 0)
        ? Optional.empty()
        : Optional.of(new ExplicitBuckets(bounds, added));
  }

  /** A bound is the double nearest to what was configured, and so is the threshold. */
  @Override
  public Split split(BigDecimal threshold) {
    double limit = threshold.doubleValue();
    long good = 0;
    long uncertain = 0;
    for (int i = 0; i < counts.size(); i++) {
      double lower = i == 0 ? Double.NEGATIVE_INFINITY : bounds.get(i - 1);
      double upper = i == bounds.size() ? Double.POSITIVE_INFINITY : bounds.get(i);
      if (upper <= limit) {
        good += counts.get(i);
      } else if (lower < limit) {
        uncertain += counts.get(i);
      }
    }
    return new Split(good, uncertain);
  }
}
