// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Holds what gRPC gathers of a message before anybody can read it under the bound on bytes in
 * flight. A stream for which there is no room is shed at once, which frees its buffers.
 */
final class WireBytes extends ServerStreamTracer.Factory {

  private static final Context.Key<Stream> STREAM = Context.key("nines-wire-bytes");

  private final InFlightBytes inFlight;

  WireBytes(InFlightBytes inFlight) {
    this.inFlight = inFlight;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new Stream(inFlight);
  }

  /**
   * Says whose room the present call takes, and what to do when there is none; to be called before
   * its first request.
   */
  static void within(InFlightBytes room, Runnable shed) {
    Stream stream = STREAM.get();
    if (stream != null) {
      stream.room = room;
      stream.shed = shed;
    }
  }

  /** Whose room the present call takes. */
  static InFlightBytes roomOr(InFlightBytes otherwise) {
    Stream stream = STREAM.get();
    return stream == null ? otherwise : stream.room;
  }

  /** Callbacks of one stream; all but the context come from its event loop. */
  private static final class Stream extends ServerStreamTracer {

    private volatile InFlightBytes room;
    private volatile @Nullable Runnable shed;
    private InFlightBytes.@Nullable Reservation reservation;
    private long bytes;

    Stream(InFlightBytes room) {
      this.room = room;
    }

    @Override
    public Context filterContext(Context context) {
      return context.withValue(STREAM, this);
    }

    @Override
    public void inboundWireSize(long more) {
      bytes += more;
      Runnable noRoom = shed;
      if (!open().grow(bytes) && noRoom != null) {
        noRoom.run();
      }
    }

    @Override
    public void inboundMessageRead(int number, long wireSize, long plainSize) {
      bytes = 0;
      close();
    }

    @Override
    public void streamClosed(Status status) {
      close();
    }

    private InFlightBytes.Reservation open() {
      if (reservation == null) {
        reservation = room.reserve();
      }
      return reservation;
    }

    private void close() {
      if (reservation != null) {
        reservation.close();
        reservation = null;
      }
    }
  }
}
