// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The customers of one region, one journey after the other, for ever. Seed, script and rate decide
 * everything: two storefronts with the same arguments tell the same story.
 */
public final class Storefront {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Shares of the journeys: below PLUS they are free ones, from ENTERPRISE on of these. */
  private static final double PLUS = 0.70;

  private static final double ENTERPRISE = 0.92;
  private static final List<String> ENTERPRISES =
      List.of("acme-retail", "globex", "hooli", "initech", "umbrella");

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
    double who = random.nextDouble();
    Call edge = new Visit(random, weather).edge();
    return new Journey(region, endNanos, tier(who), customer(who), edge);
  }

  private static String tier(double draw) {
    if (draw < PLUS) {
      return "free";
    }
    return draw < ENTERPRISE ? "plus" : "enterprise";
  }

  /** The same draw says which enterprise it is: each has as much of the enterprises' share. */
  private static @Nullable String customer(double draw) {
    if (draw < ENTERPRISE) {
      return null;
    }
    return ENTERPRISES.get((int) ((draw - ENTERPRISE) / (1 - ENTERPRISE) * ENTERPRISES.size()));
  }
}
