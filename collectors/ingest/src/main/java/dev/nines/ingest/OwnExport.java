// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.telemetry.Signal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The door for metrics that the process of a collector has gathered itself. It leads the way of
 * every request: token, bounds, identity, account, Kafka.
 */
public final class OwnExport {

  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Gate gate;

  OwnExport(Gate gate) {
    this.gate = gate;
  }

  /** What became of a request. */
  public sealed interface Receipt {

    /**
     * It is on all in-sync replicas.
     *
     * @param rejectedPoints left out for good; the message says why
     */
    record Stored(int rejectedPoints, String message) implements Receipt {}

    /**
     * @param retryable whether the same request may be taken later
     */
    record Refused(boolean retryable, String message) implements Receipt {}
  }

  /**
   * Blocks until Kafka has answered, or the request is refused.
   *
   * @param token whose tenant gets the metrics; without it {@code default}, where telemetry from
   *     loopback needs none
   * @param request an {@code ExportMetricsServiceRequest}
   */
  public Receipt metrics(Optional<String> token, byte[] request) {
    Answer answer = answer(token, request);
    gate.answered(Protocol.OWN, answer);
    return switch (answer) {
      case Answer.Stored stored -> new Receipt.Stored(stored.rejectedItems(), stored.message());
      case Answer.Refused(Fault fault, String message) ->
          new Receipt.Refused(fault.retryable(), message);
    };
  }

  private Answer answer(Optional<String> token, byte[] request) {
    try {
      return switch (gate.admit(token.map(text -> "Bearer " + text).orElse(null), HERE)) {
        case Gate.Admission.Closed(Answer.Refused refused) -> refused;
        case Gate.Admission.Open(String tenant) -> take(tenant, request);
      };
    } catch (RuntimeException e) {
      return gate.failed(e);
    }
  }

  private Answer take(String tenant, byte[] request) {
    InFlightBytes.Reservation reservation = gate.room(tenant).reserve();
    return reservation.grow(request.length)
        ? gate.take(
            new Export(tenant, Signal.METRICS, Format.PROTOBUF),
            new Received.Whole(request, reservation))
        : gate.noRoom(tenant);
  }
}
