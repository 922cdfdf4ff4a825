// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both protocols do with a request, in order: may it, can it, read it, store it, count it. */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final String region;
  private final Intake intake;
  private final Access access;
  private final InFlightBytes inFlight;
  private final Shares shares;
  private final ProducerRoom producer;
  private final IngestMetrics metrics;
  private final IngestWatch watch;

  /** Before the body is read: whose it is, or why it is not taken. */
  sealed interface Admission {

    record Open(String tenant) implements Admission {}

    record Closed(Answer.Refused answer) implements Admission {}
  }

  Gate(
      String region,
      Intake intake,
      Access access,
      InFlightBytes inFlight,
      Shares shares,
      ProducerRoom producer,
      IngestMetrics metrics,
      IngestWatch watch) {
    this.watch = watch;
    this.region = region;
    this.intake = intake;
    this.access = access;
    this.inFlight = inFlight;
    this.shares = shares;
    this.producer = producer;
    this.metrics = metrics;
  }

  Admission admit(@Nullable String authorization, @Nullable SocketAddress peer) {
    return switch (access.decide(authorization, peer)) {
      case Access.Decision.Denied(Fault fault, String message) -> closed(fault, message);
      case Access.Decision.Allowed(String tenant) -> admit(tenant);
    };
  }

  /** Stores the body and lets go of it. */
  Answer take(Export export, Received received) {
    Share share = shares.of(export.tenant());
    return switch (received) {
      case Received.Broken(Fault fault, String _) when fault == Fault.OVERLOADED -> noRoom(share);
      case Received.Broken(Fault fault, String message) -> new Answer.Refused(fault, message);
      case Received.Whole whole -> {
        try (InFlightBytes.Reservation _ = whole.reservation()) {
          yield store(export, whole, share, () -> intake.store(export, whole));
        }
      }
    };
  }

  /** The same for what was made of another protocol's body; who made it lets go of both. */
  Answer take(Export export, Received.Whole sent, Intake.Translated translated) {
    Share share = shares.of(export.tenant());
    return store(export, sent, share, () -> intake.store(export, sent, translated));
  }

  /** A body that is none of its protocol: it counts among the bytes that came. */
  Answer.Refused refused(Answer.Refused answer, long bodyBytes) {
    metrics.body(region, answer, bodyBytes);
    return answer;
  }

  /** The bytes in flight as a tenant may use them. */
  InFlightBytes room(String tenant) {
    return inFlight.of(shares.of(tenant));
  }

  /** The answer to a tenant for whose body there is no room. */
  Answer.Refused noRoom(String tenant) {
    return noRoom(shares.of(tenant));
  }

  private Answer.Refused noRoom(Share share) {
    if (share.excess() <= 1) {
      return overloaded();
    }
    metrics.aboveGuarantee(region, share.label());
    return new Answer.Refused(
        Fault.ABOVE_GUARANTEE,
        "the collector is short of room, and this tenant sends more than it is guaranteed");
  }

  /** The answer to a fault of our own: retryable, because the client's data are not at fault. */
  Answer.Refused failed(Throwable cause) {
    LOG.error("request failed in region {}", region, cause);
    return new Answer.Refused(Fault.INTERNAL, "the collector failed; send the batch again");
  }

  static Answer.Refused overloaded() {
    return new Answer.Refused(
        Fault.OVERLOADED, "the collector holds as many bytes in flight as it may");
  }

  void answered(Protocol protocol, Answer answer) {
    metrics.request(region, protocol, answer);
  }

  private Admission admit(String tenant) {
    Answer.Refused obstacle = intake.obstacle();
    if (obstacle != null) {
      return new Admission.Closed(obstacle);
    }
    Share share = shares.of(tenant);
    return inFlight.of(share).exhausted()
        ? new Admission.Closed(noRoom(share))
        : new Admission.Open(tenant);
  }

  private Answer store(Export export, Received.Whole whole, Share share, Supplier<Answer> storing) {
    long bytes = whole.body().length;
    if (!producer.hold(share, bytes)) {
      return noRoom(share);
    }
    share.took(0, bytes);
    try {
      Answer answer = watch.export(export.tenant(), export.signal().word(), storing);
      if (answer instanceof Answer.Stored stored) {
        share.took(stored.acceptedItems(), 0);
      }
      return answer;
    } finally {
      producer.release(bytes);
    }
  }

  private static Admission closed(Fault fault, String message) {
    return new Admission.Closed(new Answer.Refused(fault, message));
  }
}
