// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.access;

import java.util.Set;

/**
 * Who calls, as one filter resolved it from a token.
 *
 * @param name shown in the audit trail
 * @param region empty when the token is good in every region
 */
public record Principal(String tenant, String name, String region, Set<Right> rights) {

  /** What a token may do; each endpoint declares the one that it needs. */
  public enum Right {
    /** Send telemetry. */
    WRITE_TELEMETRY,
    /** Read telemetry, budgets, alerts, incidents. */
    READ,
    /** Acknowledge and resolve incidents, post changes. */
    RESPOND,
    /** Change objectives, channels, tokens. */
    ADMINISTER
  }
}
