// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import java.time.Duration;

/**
 * @param ackTimeout after which a page that nobody acknowledged goes out again
 * @param loops how often it does, before the fallback is told
 * @param reopenWithin a group that fires again this soon after its end reopens its incident
 * @param settleAfter a resolved incident's postmortem is written again then, with the late data
 * @param adviseAfter that long after a page its spans are asked about the change that came before
 */
public record ResponseSettings(
    Duration ackTimeout,
    int loops,
    Duration reopenWithin,
    Duration settleAfter,
    Duration adviseAfter) {

  public static final ResponseSettings DEFAULT =
      new ResponseSettings(
          Duration.ofMinutes(5),
          3,
          Duration.ofMinutes(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(15));
}
