// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the services of a tenant can serve, and how traffic moves when a region is lost.
 *
 * @param retryAmplification requests that retries add to each request moved, 0.1 for one in ten
 * @param evacuationTime from the decision until the last request has moved
 * @param shares under {@link Steering#GIVEN}: lost region to receiving region to share; what a row
 *     lacks to 1 is shed
 */
public record CapacityModel(
    String name,
    String displayName,
    double retryAmplification,
    Duration evacuationTime,
    Steering steering,
    Map<String, Map<String, Double>> shares,
    List<Service> services,
    List<Event> events) {

  /** Who gets the traffic of a region that is lost. */
  public enum Steering {
    /** Each region left gets the same. */
    EVEN,
    /** Each region left gets as much as its own demand at that time says. */
    PROPORTIONAL,
    /** Declared shares. */
    GIVEN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Steering> of(String word) {
      return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
  }

  /**
   * One service.
   *
   * @param requestsPerSecondPerUnit what one unit (an instance, a pod) serves at full use, measured
   *     by a load test
   * @param maxUtilisation share of that which is planned with, above 0, at most 1
   * @param startTime from the decision until a new unit serves
   * @param regions by name: where it runs
   */
  public record Service(
      String name,
      double requestsPerSecondPerUnit,
      double maxUtilisation,
      Duration startTime,
      Map<String, Units> regions) {

    /** No units where it does not run. */
    public Units units(String region) {
      return regions.getOrDefault(region, Units.NONE);
    }
  }

  /**
   * Units of one service in one region.
   *
   * @param running now
   * @param most that may be started, not below {@code running}
   */
  public record Units(long running, long most) {
    static final Units NONE = new Units(0, 0);
  }

  /**
   * Demand that no history knows: a launch, a match, a sale.
   *
   * @param to exclusive
   * @param factor on the demand of a usual day
   * @param services empty for all, and so {@code regions}
   */
  public record Event(
      String name,
      Instant from,
      Instant to,
      double factor,
      Set<String> services,
      Set<String> regions) {

    public boolean concerns(String service, String region) {
      return (services.isEmpty() || services.contains(service))
          && (regions.isEmpty() || regions.contains(region));
    }
  }

  public Optional<Service> service(String service) {
    return services.stream().filter(each -> each.name().equals(service)).findFirst();
  }

  /** The same with other services. */
  public CapacityModel with(List<Service> others) {
    return new CapacityModel(
        name, displayName, retryAmplification, evacuationTime, steering, shares, others, events);
  }
}
