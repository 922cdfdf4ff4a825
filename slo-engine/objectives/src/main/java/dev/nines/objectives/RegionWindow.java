// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

/**
 * What one region counted in one window.
 *
 * @param bad events, at most {@code total}
 * @param measuredMillis part of the window in which the region was measured; 0 leaves it out
 */
public record RegionWindow(long bad, long total, long measuredMillis) {

  public RegionWindow {
    if (bad < 0 || bad > total || measuredMillis < 0) {
      throw new IllegalArgumentException(
          "bad " + bad + " of " + total + " in " + measuredMillis + " ms");
    }
  }
}
