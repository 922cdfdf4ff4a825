// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.forecast.Forecast.Accuracy;
import dev.nines.capacity.forecast.Forecast.Refused;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to spare, now and in the hours to come. Rates are requests per second.
 *
 * @param binding the region of the service that is short first, or has least to spare
 * @param withoutModel services that were asked and that the model does not name
 */
public record HeadroomAnswer(
    String model,
    Instant at,
    int horizonHours,
    @Nullable Binding binding,
    List<ServiceHeadroom> services,
    List<String> withoutModel,
    List<String> assumptions) {

  /**
   * @param shortAt when the units that run no longer serve p90; absent when they do all along
   * @param spareShare of what they serve, at the least
   */
  public record Binding(
      String service, String region, @Nullable Instant shortAt, double spareShare) {}

  public record ServiceHeadroom(
      String service,
      double requestsPerSecondPerUnit,
      double maxUtilisation,
      long startSeconds,
      List<RegionHeadroom> regions) {}

  /**
   * @param serves with the units that run, within the planned utilisation
   * @param servesAtMost with all units that may be started
   * @param demandNow of the busiest minute of this hour and the last
   * @param ahead absent when {@code refusal} says why, or when nothing was asked
   */
  public record RegionHeadroom(
      String region,
      boolean declared,
      long units,
      long maxUnits,
      double serves,
      double servesAtMost,
      double demandNow,
      double headroomNow,
      @Nullable Ahead ahead,
      @Nullable Refused refusal) {}

  /**
   * The forecast against what is served.
   *
   * @param shortAtP50 first hour whose p50 is above {@code serves}
   * @param startBy the time to begin with starting units, so that p90 is served
   * @param shortAtMostP50 first hour whose p50 is above {@code servesAtMost}: these must be bought
   * @param leastHeadroom of {@code serves} over p90
   * @param unitsNeeded for the highest p90
   */
  public record Ahead(
      @Nullable Instant shortAtP50,
      @Nullable Instant shortAtP90,
      @Nullable Instant startBy,
      @Nullable Instant shortAtMostP50,
      @Nullable Instant shortAtMostP90,
      double peakP50,
      double peakP90,
      Instant peakAt,
      double leastHeadroom,
      long unitsNeeded,
      long unitsToStart,
      long unitsToBuy,
      Accuracy accuracy) {}
}
