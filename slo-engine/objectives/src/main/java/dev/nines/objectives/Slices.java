// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.time.Instant;

/** Event time is cut into slices of 10 s, the ledger into minutes. */
public final class Slices {

  public static final long SECONDS = 10;
  public static final long LEDGER_SECONDS = 60;

  private Slices() {}

  /** Start of the slice of an instant, in epoch seconds. */
  public static long startOf(Instant time) {
    return floor(time.getEpochSecond(), SECONDS);
  }

  public static long floor(long epochSeconds, long lengthSeconds) {
    return Math.floorDiv(epochSeconds, lengthSeconds) * lengthSeconds;
  }
}
