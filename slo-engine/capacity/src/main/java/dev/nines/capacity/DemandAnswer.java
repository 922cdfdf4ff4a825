// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.Demand.Course;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What came in. Rates are requests per second.
 *
 * @param from of the first bucket; {@code to} is the end of the last
 * @param peakOfSeconds {@code peak} is the rate of the busiest stretch of this length in a bucket
 */
public record DemandAnswer(
    Instant from, Instant to, int stepSeconds, int peakOfSeconds, List<Series> series) {

  /**
   * @param points buckets in which anything came in, by time
   */
  public record Series(
      String service, String region, long requests, double peak, List<Point> points) {}

  public record Point(Instant at, long requests, double mean, double peak) {}

  static DemandAnswer of(Demand demand) {
    Step step = demand.buckets().step();
    List<Series> series = new ArrayList<>();
    demand
        .services()
        .forEach(
            (service, regions) ->
                regions.forEach(
                    (region, course) ->
                        series.add(series(service, region, course, demand.buckets()))));
    return new DemandAnswer(
        demand.buckets().from(),
        demand.buckets().to(),
        step.seconds(),
        step.finestSeconds(),
        series);
  }

  private static Series series(String service, String region, Course course, Buckets buckets) {
    Step step = buckets.step();
    List<Point> points = new ArrayList<>();
    long requests = 0;
    double peak = 0;
    for (int i = 0; i < buckets.count(); i++) {
      if (course.requests()[i] > 0) {
        double busiest = Amount.shown(course.rate(step, Measure.PEAK, i));
        double mean = Amount.shown(course.rate(step, Measure.MEAN, i));
        points.add(new Point(buckets.begin(i), course.requests()[i], mean, busiest));
        requests += course.requests()[i];
        peak = Math.max(peak, busiest);
      }
    }
    return new Series(service, region, requests, peak, points);
  }
}
