// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import java.util.SplittableRandom;

/**
 * The customers of one region, one journey after the other, for ever. Seed, script and rate decide
 * everything: two storefronts with the same arguments tell the same story.
 */
public final class Storefront {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Region region;
  private final FaultScript script;
  private final double journeysPerSecond;
  private final SplittableRandom random;
  private double clockNanos;

  public Storefront(Region region, long seed, FaultScript script, double journeysPerSecond) {
    this.region = region;
    this.script = script;
    this.journeysPerSecond = journeysPerSecond;
    this.random = new SplittableRandom(seed * Region.values().length + region.ordinal());
  }

  /** The next journey, by its end. Gaps vary evenly between half and one and a half of the mean. */
  public Journey next() {
    clockNanos += NANOS_PER_SECOND / journeysPerSecond * (0.5 + random.nextDouble());
    long endNanos = (long) clockNanos;
    Weather weather = Weather.at(script, region, endNanos / 1_000_000);
    return new Journey(region, endNanos, tier(), new Visit(random, weather).edge());
  }

  private String tier() {
    double draw = random.nextDouble();
    if (draw < 0.70) {
      return "free";
    }
    return draw < 0.92 ? "plus" : "enterprise";
  }
}
