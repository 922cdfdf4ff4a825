// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether regions may be lost. Rates are requests per second.
 *
 * @param lost regions at once: 1 is N+1, 2 is N+2
 * @param holds no service sheds anything, whatever is lost
 * @param binding the region of the service that lacks most for its need, or has least to spare
 * @param withoutModel services that were asked and that the model does not name
 */
public record EvacuationAnswer(
    Asked asked,
    int lost,
    String steering,
    boolean holds,
    @Nullable Binding binding,
    List<ServiceNeed> services,
    List<String> withoutModel,
    List<String> assumptions) {

  public record Binding(
      String service, String region, List<String> whenLost, Instant at, long unitsMissing) {}

  /**
   * @param startableCount units that must be started first count too: they serve before the
   *     evacuation ends
   * @param need of all regions, each at its own worst time
   * @param needByPeaks what adding up the peaks would ask: {@code sum of peaks * R / (R - lost)};
   *     absent when no region would be left
   * @param losses failures that shed, the worst first
   * @param lossesLeftOut more of them than an answer holds
   */
  public record ServiceNeed(
      String service,
      double requestsPerSecondPerUnit,
      double maxUtilisation,
      long startSeconds,
      boolean startableCount,
      double need,
      @Nullable Double needByPeaks,
      long unitsNeeded,
      long unitsMissing,
      int failures,
      List<LossShown> losses,
      int lossesLeftOut,
      List<RegionNeed> regions) {}

  /**
   * @param declared the model says that the service runs there
   * @param need at full use, so that the load stays within the planned utilisation
   * @param whenLost the loss that asks most; empty when every day asks as much
   * @param counted units that serve in time
   * @param capacity of those at full use
   */
  public record RegionNeed(
      String region,
      boolean declared,
      double peak,
      Instant peakAt,
      double need,
      List<String> whenLost,
      Instant at,
      long units,
      long maxUnits,
      long counted,
      double capacity,
      double headroom,
      long unitsNeeded,
      long unitsMissing) {}

  /**
   * @param shed requests per second in the worst bucket, so that no region is above its utilisation
   * @param shedShare of all requests then
   */
  public record LossShown(
      List<String> lost, Instant at, double shed, double shedShare, List<String> overloaded) {}
}
