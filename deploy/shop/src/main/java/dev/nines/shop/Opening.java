// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import dev.nines.shop.delivery.Collector;
import dev.nines.shop.delivery.Exporters;
import dev.nines.shop.delivery.Nanos;
import dev.nines.shop.delivery.Outbox;
import dev.nines.shop.delivery.Recorder;
import dev.nines.shop.delivery.TruthLog;
import dev.nines.shop.metering.MeterOutbox;
import dev.nines.shop.metering.Meters;
import dev.nines.shop.metering.PointLog;
import dev.nines.shop.traffic.Demand;
import dev.nines.shop.traffic.FaultScript;
import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Storefront;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Opens the shop's branches: one in each region, each with its own dice. */
record Opening(
    Arguments arguments,
    FaultScript script,
    TruthLog log,
    PointLog points,
    InstantSource clock,
    Runnable wake) {

  private static final int SHORTEST_DELAY_MILLIS = 200;
  private static final int LONGEST_DELAY_MILLIS = 500;

  Map<Region, Branch> branches(Map<Region, Collector> collectors, Instant begin) {
    Map<Region, Double> rates =
        Demand.journeysPerSecond(arguments.seed(), arguments.spans(), arguments.duration());
    Map<Region, Branch> branches = new EnumMap<>(Region.class);
    collectors.forEach(
        (region, collector) ->
            branches.put(region, branch(collector, rates.getOrDefault(region, 1.0), begin)));
    return branches;
  }

  /** The ids depend on the begin too: two runs with one seed don't make the same trace ids. */
  private Branch branch(Collector collector, double journeysPerSecond, Instant begin) {
    Region region = collector.region();
    long beginNanos = Nanos.of(begin);
    SplittableRandom dice = new SplittableRandom(arguments.seed() * 31 + region.ordinal());
    Outbox outbox =
        new Outbox(
            region,
            Exporters.open(collector),
            log,
            Duration.ofMillis(dice.nextInt(SHORTEST_DELAY_MILLIS, LONGEST_DELAY_MILLIS)),
            dice,
            clock,
            wake);
    return new Branch(
        region,
        collector.protocol(),
        script,
        new Storefront(region, arguments.seed(), script, journeysPerSecond),
        new Recorder(
            region,
            outbox,
            beginNanos,
            new SplittableRandom(beginNanos + arguments.seed() * 31 + region.ordinal())),
        outbox,
        meters(collector));
  }

  private MeterOutbox meters(Collector collector) {
    Region region = collector.region();
    return new MeterOutbox(
        region,
        new Meters(region, clock),
        Exporters.openMetrics(collector),
        points,
        new SplittableRandom(~arguments.seed() * 31 + region.ordinal()),
        clock,
        wake);
  }
}
