// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads request bodies under the limits. What is wrong with a body is a value: an exception in a
 * marshaller would reach the client as UNKNOWN or CANCELLED.
 */
final class BodyMarshaller implements MethodDescriptor.Marshaller<Received> {

  private final int maxBytes;
  private final InFlightBytes inFlight;

  BodyMarshaller(int maxBytes, InFlightBytes inFlight) {
    this.maxBytes = maxBytes;
    this.inFlight = inFlight;
  }

  @Override
  public Received parse(InputStream stream) {
    try {
      long hint = stream instanceof KnownLength ? stream.available() : -1;
      return new BodyReader(maxBytes, WireBytes.roomOr(inFlight)).read(stream, hint);
    } catch (StatusRuntimeException e) {
      return new Received.Broken(Fault.TOO_LARGE, String.valueOf(e.getStatus().getDescription()));
    } catch (IOException e) {
      return new Received.Broken(Fault.MALFORMED, "body cannot be decompressed: " + e.getMessage());
    }
  }

  @Override
  public InputStream stream(Received value) {
    throw new UnsupportedOperationException("a server sends no requests");
  }
}
