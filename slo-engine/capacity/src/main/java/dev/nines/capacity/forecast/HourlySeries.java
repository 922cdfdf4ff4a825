// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What came in, hour by hour, up to now.
 *
 * @param from begin of the first hour
 * @param values a rate for each hour; NaN where nothing was measured, 0 where nothing came
 * @param factors of declared events, 1 where there is none: for each hour of {@code values}, and
 *     then for those to forecast
 */
public record HourlySeries(Instant from, double[] values, double[] factors) {

  private static final long HOUR_SECONDS = 3_600;

  /** A stretch that was not measured. */
  public record Gap(Instant from, Instant to) {}

  public Instant at(int hour) {
    return from.plusSeconds(hour * HOUR_SECONDS);
  }

  /** The same from its first measured hour on. */
  HourlySeries measured() {
    int first = 0;
    while (first < values.length && Double.isNaN(values[first])) {
      first++;
    }
    return new HourlySeries(
        at(first),
        Arrays.copyOfRange(values, first, values.length),
        Arrays.copyOfRange(factors, first, factors.length));
  }

  /** What a usual day would have been: events taken out. */
  double[] usual() {
    double[] usual = new double[values.length];
    for (int i = 0; i < usual.length; i++) {
      usual[i] = values[i] / factors[i];
    }
    return usual;
  }

  List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i <= values.length; i++) {
      boolean gap = i < values.length && Double.isNaN(values[i]);
      if (gap && begin < 0) {
        begin = i;
      } else if (!gap && begin >= 0) {
        gaps.add(new Gap(at(begin), at(i)));
        begin = -1;
      }
    }
    return gaps;
  }
}
