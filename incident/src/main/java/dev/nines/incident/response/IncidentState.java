// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import java.time.Instant;

/** Where an incident stands. A transition that makes no sense is not offered. */
public sealed interface IncidentState {

  Instant at();

  /** Who brought it here: a principal, or a part of the platform. */
  String by();

  Kind kind();

  /** The stored word. */
  enum Kind {
    TRIGGERED,
    ACKNOWLEDGED,
    RESOLVED
  }

  static IncidentState of(Kind kind, Instant at, String by) {
    return switch (kind) {
      case TRIGGERED -> new Triggered(at, by);
      case ACKNOWLEDGED -> new Acknowledged(at, by);
      case RESOLVED -> new Resolved(at, by);
    };
  }

  /** People are being woken. */
  record Triggered(Instant at, String by) implements IncidentState {
    public Acknowledged acknowledge(Instant now, String who) {
      return new Acknowledged(now, who);
    }

    public Resolved resolve(Instant now, String who) {
      return new Resolved(now, who);
    }

    /** A ticket that nobody took has become a page. */
    public Triggered escalate(Instant now, String who) {
      return new Triggered(now, who);
    }

    @Override
    public Kind kind() {
      return Kind.TRIGGERED;
    }
  }

  /** Somebody has it. */
  record Acknowledged(Instant at, String by) implements IncidentState {
    public Resolved resolve(Instant now, String who) {
      return new Resolved(now, who);
    }

    /** What was a ticket has become a page: somebody must look again. */
    public Triggered escalate(Instant now, String who) {
      return new Triggered(now, who);
    }

    @Override
    public Kind kind() {
      return Kind.ACKNOWLEDGED;
    }
  }

  /** It is over. */
  record Resolved(Instant at, String by) implements IncidentState {
    public Triggered reopen(Instant now, String who) {
      return new Triggered(now, who);
    }

    @Override
    public Kind kind() {
      return Kind.RESOLVED;
    }
  }
}
