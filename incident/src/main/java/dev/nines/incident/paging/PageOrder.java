// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

/**
 * A row of lane {@link #LANE}: tell one channel one thing about one run of an incident.
 *
 * @param step of the escalation; one step today
 * @param fallback goes to the fallback because another channel could not be reached
 */
public record PageOrder(
    String incident, int run, Event event, int loop, int step, String channel, boolean fallback) {

  public static final String LANE = "page";

  /** What is told. */
  public enum Event {
    TRIGGER,
    ACKNOWLEDGE,
    RESOLVE
  }

  /** Unique for ever; also the provider's idempotency key. */
  public String key() {
    return "%s/%d/%s/%d/%d/%s".formatted(incident, run, event, loop, step, channel);
  }

  /** Pages of one incident reach one channel in order. */
  public String order() {
    return incident + "/" + channel;
  }
}
