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
    return new Stream(inFlight.reserve());
  }

  /** Says what to do when the present call finds no room; to be called before its first request. */
  static void onNoRoom(Runnable shed) {
    Stream stream = STREAM.get();
    if (stream != null) {
      stream.shed = shed;
    }
  }

  /** Callbacks of one stream; all but the context come from its event loop. */
  private static final class Stream extends ServerStreamTracer {

    private final InFlightBytes.Reservation reservation;
    private volatile @Nullable Runnable shed;
    private long bytes;

    Stream(InFlightBytes.Reservation reservation) {
      this.reservation = reservation;
    }

    @Override
    public Context filterContext(Context context) {
      return context.withValue(STREAM, this);
    }

    @Override
    public void inboundWireSize(long more) {
      bytes += more;
      Runnable noRoom = shed;
      if (!reservation.grow(bytes) && noRoom != null) {
        noRoom.run();
      }
    }

    @Override
    public void inboundMessageRead(int number, long wireSize, long plainSize) {
      bytes = 0;
      reservation.close();
    }

    @Override
    public void streamClosed(Status status) {
      reservation.close();
    }
  }
}
