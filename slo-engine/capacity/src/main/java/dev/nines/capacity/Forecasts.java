// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.Demand.Course;
import dev.nines.capacity.DemandTables.TooMuch;
import dev.nines.capacity.forecast.Forecast;
import dev.nines.capacity.forecast.Forecaster;
import dev.nines.capacity.forecast.HourlySeries;
import dev.nines.objectives.capacity.CapacityModel.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Forecasts of one service in each of its regions, from stored hours. An hour in which a region was
 * asked nothing by anybody is not measured; one in which only this service was not is idle.
 */
final class Forecasts {

  private static final Duration HOUR = Duration.ofHours(1);

  private final DemandTables tables;
  private final Consumer<Forecast> told;
  private final String tenant;
  private final String region;
  private final Buckets buckets;
  private final Map<String, boolean[]> heard;

  /**
   * @param told hears of each forecast
   * @param region empty for all
   */
  Forecasts(DemandTables tables, Consumer<Forecast> told, String tenant, String region, Instant now)
      throws TooMuch {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    this.tables = tables;
    this.told = told;
    this.tenant = tenant;
    this.region = region;
    this.buckets =
        Buckets.touching(
            hour.minus(HOUR.multipliedBy(Forecaster.HISTORY_HOURS)), hour.plus(HOUR), Step.HOUR);
    this.heard = tables.heard(tenant, region, buckets);
  }

  /** The history, and as its last bucket the hour that is not over. */
  Demand demand(String service) throws TooMuch {
    return tables.read(tenant, region, List.of(service), buckets);
  }

  Buckets buckets() {
    return buckets;
  }

  /** Every region in which the service was asked. */
  SortedMap<String, Forecast> of(
      String service, Demand demand, List<Event> events, Measure measure, int horizonHours) {
    SortedMap<String, Forecast> forecasts = new TreeMap<>();
    demand
        .of(service)
        .forEach(
            (place, course) ->
                forecasts.put(
                    place,
                    Forecaster.of(
                        new HourlySeries(
                            buckets.from(),
                            values(place, course, measure),
                            factors(service, place, events, horizonHours)),
                        horizonHours)));
    forecasts.values().forEach(told);
    return forecasts;
  }

  private double[] values(String place, Course course, Measure measure) {
    double[] values = new double[buckets.count() - 1];
    boolean[] measured = heard.getOrDefault(place, new boolean[buckets.count()]);
    boolean begun = false;
    for (int i = 0; i < values.length; i++) {
      begun |= course.requests()[i] > 0;
      values[i] = begun && measured[i] ? course.rate(buckets.step(), measure, i) : Double.NaN;
    }
    return values;
  }

  private double[] factors(String service, String place, List<Event> events, int horizonHours) {
    double[] factors = new double[buckets.count() - 1 + horizonHours];
    Arrays.fill(factors, 1);
    for (Event event : events) {
      for (int i = 0; event.concerns(service, place) && i < factors.length; i++) {
        Instant begin = buckets.begin(i);
        if (begin.isBefore(event.to()) && begin.plus(HOUR).isAfter(event.from())) {
          factors[i] *= event.factor();
        }
      }
    }
    return factors;
  }
}
