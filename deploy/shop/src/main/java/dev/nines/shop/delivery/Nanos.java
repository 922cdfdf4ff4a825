// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import java.time.Instant;

/** Instants as OTLP writes them. */
public final class Nanos {

  private Nanos() {}

  /** Nanoseconds since 1970. */
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
