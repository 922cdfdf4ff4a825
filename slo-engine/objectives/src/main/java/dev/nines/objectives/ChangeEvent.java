// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.time.Instant;

/**
 * Something that people did to a service: a deploy, a rollback, a flag, a configuration.
 *
 * @param region empty when everywhere
 */
public record ChangeEvent(
    String id,
    String tenant,
    String service,
    String version,
    String region,
    String kind,
    String summary,
    Instant at) {

  /**
   * Lane of the outbox in which catalog tells incident of a change, as JSON of this: providers show
   * it beside pages.
   */
  public static final String LANE = "change";
}
