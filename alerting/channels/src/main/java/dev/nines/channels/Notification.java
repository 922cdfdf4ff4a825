// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * One thing told about one incident, before a channel gives it its form.
 *
 * @param key the same for each attempt to tell this, unlike any other; for idempotency
 * @param incident its number
 * @param dedupKey the same in all that is told about the incident: providers fold by it
 * @param title of the incident, the same in all that is told about it
 * @param summary one sentence
 * @param source what is ill, for example {@code tenant/slo}
 * @param component the part of it that is ill; may be empty
 * @param at when it began
 * @param facts in the order in which somebody wants to read them
 * @param details the same for machines, a JSON object
 * @param thread what the provider called the first message about the incident; empty for the first
 * @param mayBeRepeat an earlier attempt of this very page may have arrived
 */
public record Notification(
    String key,
    Event event,
    String incident,
    String dedupKey,
    Severity severity,
    String title,
    String summary,
    String source,
    String component,
    Instant at,
    List<Fact> facts,
    List<Link> links,
    String details,
    String thread,
    boolean mayBeRepeat) {

  /** What is told. */
  public enum Event {
    TRIGGER,
    ACKNOWLEDGE,
    RESOLVE,
    /** What became known after the trigger; wakes nobody, and is not told where it would. */
    UPDATE
  }

  /** How urgent. */
  public enum Severity {
    /** Somebody gets up. */
    PAGE,
    /** Somebody looks at it in office hours. */
    TICKET
  }

  /** A line of two columns. */
  public record Fact(String label, String value) {}

  /** Where to read on. */
  public record Link(String text, URI url) {}
}
