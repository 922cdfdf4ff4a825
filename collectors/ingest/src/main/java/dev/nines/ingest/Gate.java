// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.net.SocketAddress;
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
      IngestMetrics metrics,
      IngestWatch watch) {
    this.watch = watch;
    this.region = region;
    this.intake = intake;
    this.access = access;
    this.inFlight = inFlight;
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
    return switch (received) {
      case Received.Broken(Fault fault, String message) -> new Answer.Refused(fault, message);
      case Received.Whole whole -> {
        try (InFlightBytes.Reservation _ = whole.reservation()) {
          yield watch.export(
              export.tenant(), export.signal().word(), () -> intake.store(export, whole));
        }
      }
    };
  }

  /** The same for what was made of another protocol's body; who made it lets go of both. */
  Answer take(Export export, Received.Whole sent, Intake.Translated translated) {
    return watch.export(
        export.tenant(), export.signal().word(), () -> intake.store(export, sent, translated));
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
    return inFlight.exhausted() ? new Admission.Closed(overloaded()) : new Admission.Open(tenant);
  }

  private static Admission closed(Fault fault, String message) {
    return new Admission.Closed(new Answer.Refused(fault, message));
  }
}
