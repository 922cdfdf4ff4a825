// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.ThresholdIndicator;
import dev.nines.transport.Sums;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Five minutes of one scope against what is expected in them. Integers alone decide.
 *
 * @param toSeconds end of the five minutes, epoch seconds
 * @param expected events expected in them, of unmeasured regions too
 * @param least fewer that are expected are too few to judge by
 * @param known something says what is usual
 * @param usualLull at this time of the day there never is much
 * @param regions all but those that left
 */
record Traffic(
    long toSeconds,
    long expected,
    long least,
    boolean known,
    boolean usualLull,
    List<RegionTraffic> regions) {

  /** Events come by chance. */
  private static final long LEAST_EVENTS = 100;

  /** Points of a gauge come by a clock: one a minute is enough to miss them. */
  private static final long LEAST_POINTS = 5;

  private static final long VANISHED_BELOW_ONE_IN = 5;
  private static final long BACK_FROM_ONE_IN = 2;

  /**
   * Under 20 % of what is expected. Unmeasured regions may have had all that was expected of them,
   * so that silence alone never vanishes.
   */
  boolean vanished() {
    long away = expectedUnmeasured();
    return known && !usualLull && expected - away >= least && low(counted() + away, expected);
  }

  /** Of what an SLO counts. */
  static long least(Indicator indicator) {
    return switch (indicator) {
      case ThresholdIndicator values -> LEAST_POINTS;
      case RawIndicator ratios -> LEAST_POINTS;
      case SpanIndicator spans -> LEAST_EVENTS;
      case CounterIndicator counters -> LEAST_EVENTS;
      case HistogramIndicator histogram -> LEAST_EVENTS;
      case CompositeIndicator composite -> LEAST_EVENTS;
    };
  }

  Traffic ofUsualLull() {
    return new Traffic(toSeconds, expected, least, known, true, regions);
  }

  /** Half of what is expected is there, whatever the unmeasured regions had. */
  boolean back() {
    return back(counted(), expected);
  }

  long counted() {
    return sum(regions, RegionTraffic::counted);
  }

  /** Regions that were not measured throughout. */
  List<String> unmeasured() {
    return names(region -> !region.measured());
  }

  /** Those of them that were not measured at all. */
  List<String> blind() {
    return names(RegionTraffic::blind);
  }

  /** Under 20 %, also of an expectation whose fivefold is no number. */
  static boolean low(long counted, long expected) {
    return counted < Math.ceilDiv(expected, VANISHED_BELOW_ONE_IN);
  }

  /** Half of it. Nothing is not back, also at an hour at which nothing is expected. */
  static boolean back(long counted, long expected) {
    return counted > 0 && counted >= Math.ceilDiv(expected, BACK_FROM_ONE_IN);
  }

  static long sum(List<RegionTraffic> regions, ToLongFunction<RegionTraffic> events) {
    return sum(regions.stream(), events);
  }

  private long expectedUnmeasured() {
    return sum(
        regions.stream().filter(region -> !region.measured()), RegionTraffic::expectedOrNone);
  }

  private static long sum(Stream<RegionTraffic> regions, ToLongFunction<RegionTraffic> events) {
    return regions.mapToLong(events).reduce(0, Sums::capped);
  }

  private List<String> names(Predicate<RegionTraffic> wanted) {
    return regions.stream().filter(wanted).map(RegionTraffic::name).toList();
  }
}
