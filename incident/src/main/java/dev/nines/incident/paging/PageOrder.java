// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import org.jspecify.annotations.Nullable;

/**
 * A row of lane {@link #LANE}: tell one channel one thing about one run of an incident.
 *
 * @param step of the escalation, from 0
 * @param user who is meant; empty when the channel itself is
 * @param fallback goes to the fallback because others could not be reached
 * @param later one of the user's later contacts
 */
public record PageOrder(
    String incident,
    int run,
    Event event,
    int loop,
    int step,
    String user,
    String channel,
    boolean fallback,
    boolean later) {

  public static final String LANE = "page";

  /** What is told. */
  public enum Event {
    TRIGGER,
    ACKNOWLEDGE,
    RESOLVE,
    /** What became known after the page. */
    UPDATE
  }

  /** Rows that were written before users were known name none. */
  public PageOrder(
      String incident,
      int run,
      Event event,
      int loop,
      int step,
      @Nullable String user,
      String channel,
      boolean fallback,
      boolean later) {
    this.incident = incident;
    this.run = run;
    this.event = event;
    this.loop = loop;
    this.step = step;
    this.user = user == null ? "" : user;
    this.channel = channel;
    this.fallback = fallback;
    this.later = later;
  }

  /** The same for another receiver. */
  public PageOrder to(String newUser, String newChannel) {
    return new PageOrder(incident, run, event, loop, step, newUser, newChannel, fallback, later);
  }

  PageOrder asFallback() {
    return new PageOrder(incident, run, event, loop, step, "", Channel.FALLBACK, true, false);
  }

  PageOrder asLater() {
    return new PageOrder(incident, run, event, loop, step, user, channel, fallback, true);
  }

  /** Unique for ever; also the provider's idempotency key. */
  public String key() {
    String key = "%s/%d/%s/%d/%d/%s".formatted(incident, run, event, loop, step, channel);
    return user.isEmpty() ? key : key + "/" + user;
  }

  /** Pages of one incident reach one channel in order. */
  public String order() {
    return incident + "/" + channel;
  }

  /** As the timeline names the receiver. */
  String receiver() {
    return user.isEmpty() ? channel : user + " by " + channel;
  }
}
