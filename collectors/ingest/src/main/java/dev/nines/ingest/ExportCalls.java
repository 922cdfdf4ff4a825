// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.telemetry.Signal;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code Export} of the service of one signal; each call is served by a virtual thread,
 * which may block.
 */
final class ExportCalls implements ServerCallHandler<Received, byte[]> {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final Signal signal;
  private final Gate gate;
  private final IngestLimits limits;

  ExportCalls(Signal signal, Gate gate, IngestLimits limits) {
    this.signal = signal;
    this.gate = gate;
    this.limits = limits;
  }

  @Override
  public ServerCall.Listener<Received> startCall(
      ServerCall<Received, byte[]> call, Metadata headers) {
    try {
      return switch (gate.admit(
          headers.get(AUTHORIZATION), call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))) {
        case Gate.Admission.Closed(Answer.Refused refused) -> {
          respond(call, refused);
          yield new ServerCall.Listener<>() {};
        }
        case Gate.Admission.Open(String tenant) -> {
          Call listener = new Call(call, new Export(tenant, signal, Format.PROTOBUF));
          WireBytes.within(gate.room(tenant), () -> listener.answer(gate.noRoom(tenant)));
          call.request(2); // the message and what must not follow it
          yield listener;
        }
      };
    } catch (RuntimeException | Error e) {
      respond(call, gate.failed(e));
      return new ServerCall.Listener<>() {};
    }
  }

  private void respond(ServerCall<Received, byte[]> call, Answer answer) {
    gate.answered(Protocol.GRPC, answer);
    if (call.isCancelled()) {
      return;
    }
    switch (answer) {
      case Answer.Stored stored -> {
        call.sendHeaders(new Metadata());
        call.sendMessage(Messages.response(stored));
        call.close(Status.OK, new Metadata());
      }
      case Answer.Refused refused -> {
        Metadata trailers = new Metadata();
        trailers.put(DETAILS, Messages.status(refused, limits.retryAfter()));
        Status status = Status.fromCodeValue(refused.fault().grpcCode());
        call.close(status.withDescription(refused.message()), trailers);
      }
    }
  }

  /** One call, from its message to its answer; the callbacks come one after the other. */
  private final class Call extends ServerCall.Listener<Received> {

    private final ServerCall<Received, byte[]> call;
    private final Export export;
    private final AtomicBoolean answered = new AtomicBoolean();
    private @Nullable Received received;

    Call(ServerCall<Received, byte[]> call, Export export) {
      this.call = call;
      this.export = export;
    }

    @Override
    public void onMessage(Received message) {
      release();
      received = message;
    }

    @Override
    public void onHalfClose() {
      Received message = received;
      if (message == null) {
        answer(new Answer.Refused(Fault.MALFORMED, "a call without a message"));
      } else if (!call.isCancelled() && !answered.get()) { // else the client sends it again
        take(message);
      }
    }

    private void take(Received message) {
      try {
        answer(gate.take(export, message));
      } catch (RuntimeException | Error e) {
        answer(gate.failed(e));
      }
    }

    /** Once: a shed stream may still deliver callbacks. */
    void answer(Answer answer) {
      if (answered.compareAndSet(false, true)) {
        respond(call, answer);
      }
    }

    @Override
    public void onCancel() {
      release();
    }

    @Override
    public void onComplete() {
      release();
    }

    private void release() {
      if (received instanceof Received.Whole(byte[] _, InFlightBytes.Reservation reservation)) {
        reservation.close();
      }
      received = null;
    }
  }
}
