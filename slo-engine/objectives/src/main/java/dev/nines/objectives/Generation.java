// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.time.Instant;
import java.util.List;

/**
 * All objectives of one tenant from one instant on: immutable, made by one apply. On {@code
 * control.objectives} its key is {@link #key}.
 *
 * @param number grows by one with each apply of the tenant, from 1
 * @param effectiveFrom a slice boundary; an event belongs to the generation in force at its slice
 */
public record Generation(String tenant, long number, Instant effectiveFrom, List<Slo> slos) {

  public String key() {
    return tenant + "/" + number;
  }
}
