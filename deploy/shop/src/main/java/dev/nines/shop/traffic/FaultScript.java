// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The faults of a run, in the order in which they start. The same seed gives the same script. */
public record FaultScript(List<Fault> faults) {

  /** The version of checkout that is bad. */
  private static final String DEPLOYED = "4.8.0";

  private static final long DEPLOY_MILLIS = 20_000;

  public FaultScript {
    faults = List.copyOf(faults);
  }

  /** A day without faults. */
  public static FaultScript calm() {
    return new FaultScript(List.of());
  }

  /**
   * Each fault in a region of its own. The last ends before 0.8 of the run, so that budgets recover
   * and incidents resolve before the end. Fractions are of the run's duration.
   */
  public static FaultScript standard(long seed, Duration duration) {
    return new Draft(seed, duration).script();
  }

  /**
   * A bad deploy in each region, one after the other, and nothing else. Each lasts 20 s or a
   * fifteenth of the run, whichever is longer; the last has begun by 0.7 of it.
   */
  public static FaultScript deploys(long seed, Duration duration) {
    SplittableRandom random = new SplittableRandom(seed);
    long totalMillis = duration.toMillis();
    long lasting = Math.max(DEPLOY_MILLIS, totalMillis / 15);
    List<Region> regions = new ArrayList<>(List.of(Region.values()));
    Collections.shuffle(regions, random);
    List<Fault> faults = new ArrayList<>();
    for (Region region : regions) {
      double from = 0.05 + 0.065 * faults.size();
      long start = Math.round(totalMillis * random.nextDouble(from, from + 0.065));
      faults.add(
          Fault.of(Fault.Kind.BAD_DEPLOY, region, Service.CHECKOUT, start, start + lasting)
              .hitting(random.nextDouble(0.75, 0.90))
              .deploying(DEPLOYED));
    }
    return new FaultScript(faults);
  }

  public Optional<Fault> active(Fault.Kind kind, Region region, long millis) {
    for (Fault fault : faults) {
      if (fault.kind() == kind && fault.region() == region && fault.activeAt(millis)) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  public List<Fault> activeAt(long millis) {
    return faults.stream().filter(fault -> fault.activeAt(millis)).toList();
  }

  private static final class Draft {
    /** Shorter runs hold back as long as this one: what makes a span late does not shrink. */
    private static final long FULL_MILLIS = 180_000;

    /** From its latest start at 0.40 of the run until 0.8. */
    private static final double HELD_AT_MOST = 0.40;

    private final SplittableRandom random;
    private final long totalMillis;
    private final List<Region> free = new ArrayList<>(List.of(Region.values()));

    Draft(long seed, Duration duration) {
      random = new SplittableRandom(seed);
      totalMillis = duration.toMillis();
      Collections.shuffle(free, random);
    }

    FaultScript script() {
      List<Fault> faults = new ArrayList<>();
      faults.add(badDeploy());
      faults.add(stretch(Fault.Kind.LATENCY_REGRESSION, Service.EDGE, 0.25, 0.33, 0.20, 0.25));
      faults.add(stretch(Fault.Kind.REGION_LOSS, Service.EDGE, 0.40, 0.45, 0.17, 0.20));
      faults.add(lateDelivery());
      faults.add(resend());
      faults.add(resend());
      faults.add(
          stretch(Fault.Kind.PAYMENT_ERRORS, Service.PAYMENT, 0.50, 0.55, 0.15, 0.20)
              .hitting(random.nextDouble(0.55, 0.80)));
      faults.sort(Comparator.comparingLong(Fault::startMillis));
      return new FaultScript(faults);
    }

    private Fault badDeploy() {
      return stretch(Fault.Kind.BAD_DEPLOY, Service.CHECKOUT, 0.15, 0.20, 0.20, 0.25)
          .hitting(random.nextDouble(0.35, 0.60))
          .deploying(DEPLOYED);
    }

    /**
     * 23.4 s and more: a slice of 10 s must close meanwhile, also on a machine so busy that it
     * closes 10 s late.
     */
    private Fault lateDelivery() {
      long start = between(0.30, 0.40);
      double share = random.nextDouble(0.13, 0.16);
      double wanted = share * Math.max(totalMillis, FULL_MILLIS);
      long held = Math.round(Math.min(wanted, HELD_AT_MOST * totalMillis));
      return during(Fault.Kind.LATE_DELIVERY, Service.EDGE, start, held);
    }

    private Fault resend() {
      return stretch(Fault.Kind.BATCH_RESEND, Service.EDGE, 0.10, 0.20, 0.50, 0.60).hitting(0.4);
    }

    private Fault stretch(
        Fault.Kind kind,
        Service service,
        double earliest,
        double latest,
        double shortest,
        double longest) {
      return during(kind, service, between(earliest, latest), between(shortest, longest));
    }

    private long between(double low, double high) {
      return Math.round(totalMillis * random.nextDouble(low, high));
    }

    private Fault during(Fault.Kind kind, Service service, long startMillis, long millis) {
      return Fault.of(kind, free.removeLast(), service, startMillis, startMillis + millis);
    }
  }
}
