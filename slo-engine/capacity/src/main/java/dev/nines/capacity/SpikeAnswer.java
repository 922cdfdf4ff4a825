// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import java.time.Instant;
import java.util.List;

/**
 * What a crowd does. Rates are requests per second.
 *
 * @param holds every region serves the spike with the units that run
 * @param exceeded places that do not, the one that sheds the largest share first
 * @param withoutModel services that were asked and that the model does not name
 */
public record SpikeAnswer(
    Asked asked,
    double factor,
    boolean holds,
    List<PlaceSpike> exceeded,
    List<PlaceSpike> others,
    List<String> withoutModel,
    List<String> assumptions) {

  /**
   * One service in one region.
   *
   * @param peak its busiest bucket
   * @param utilisation of all that runs, were everything let in; above 1 it breaks; 0 without units
   * @param shed what must be refused at first, so that the planned utilisation is kept
   * @param shedAfterStart the same once all units that may be started serve
   * @param unitsToStart more than run, as far as the model allows
   * @param unitsToBuy beyond what the model allows
   */
  public record PlaceSpike(
      String service,
      String region,
      boolean declared,
      double peak,
      Instant peakAt,
      double spike,
      long units,
      long maxUnits,
      double utilisation,
      double shed,
      double shedShare,
      long startSeconds,
      double shedAfterStart,
      long unitsNeeded,
      long unitsToStart,
      long unitsToBuy) {}
}
