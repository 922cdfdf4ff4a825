// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import java.time.Duration;

/**
 * @param ackTimeout after which a page that nobody acknowledged goes out again
 * @param loops how often it does, before the fallback is told
 * @param reopenWithin a group that fires again this soon after its end reopens its incident
 * @param settleAfter a resolved incident's postmortem is written again then, with the late data
 */
public record ResponseSettings(
    Duration ackTimeout, int loops, Duration reopenWithin, Duration settleAfter) {

  public static final ResponseSettings DEFAULT =
      new ResponseSettings(Duration.ofMinutes(5), 3, Duration.ofMinutes(10), Duration.ofMinutes(2));
}
