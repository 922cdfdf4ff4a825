// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.capacity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What the planners were told.
 *
 * @param demandBuckets counts of requests that were compared
 * @param holds one region may be lost, whichever it is
 * @param bindingService whose region lacks most, or has least to spare
 * @param broken promises, one line each
 */
public record CapacityResult(
    String model,
    int demandBuckets,
    boolean holds,
    String bindingService,
    String bindingRegion,
    List<Need> needs,
    @JsonIgnore List<String> broken) {

  /**
   * Requests per second of all regions.
   *
   * @param need what the platform tells, {@code expectedNeed} what the shop's log gives
   * @param needByPeaks what adding up peaks would ask
   */
  public record Need(
      String service, double need, double expectedNeed, double needByPeaks, long unitsMissing) {}
}
