// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** How many journeys per second each region gets, so that the spans of a run come to a number. */
public final class Demand {

  private static final int SAMPLE = 4_000;
  private static final double UNEVENNESS = 0.15;

  private Demand() {}

  /**
   * Journeys per second of each region, within 15 % of each other's mean.
   *
   * @param spans about how many spans a calm run of all regions makes, to about 1 %
   */
  public static Map<Region, Double> journeysPerSecond(long seed, long spans, Duration duration) {
    SplittableRandom random = new SplittableRandom(~seed);
    Map<Region, Double> weights = new EnumMap<>(Region.class);
    double sum = 0;
    for (Region region : Region.values()) {
      double weight = random.nextDouble(1 - UNEVENNESS, 1 + UNEVENNESS);
      weights.put(region, weight);
      sum += weight;
    }
    double all = spans / meanSpans(seed) / (duration.toMillis() / 1_000.0) / sum;
    weights.replaceAll((region, weight) -> weight * all);
    return weights;
  }

  private static double meanSpans(long seed) {
    Storefront sample = new Storefront(Region.US_EAST_1, ~seed, FaultScript.calm(), 1);
    long spans = 0;
    for (int i = 0; i < SAMPLE; i++) {
      spans += sample.next().spans();
    }
    return (double) spans / SAMPLE;
  }
}
