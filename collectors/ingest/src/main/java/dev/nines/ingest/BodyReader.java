// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.xerial.snappy.Snappy;

/** Reads bodies under the size limit, before and after decompression, and under the byte bound. */
final class BodyReader {

  private static final int FIRST_BYTES = 16 << 10;
  private static final int TRUSTED_HINT_BYTES = 1 << 20;

  /** A copy of 64 bytes takes three at least. */
  private static final long SNAPPY_RATIO_MAX = 32;

  private final int maxBytes;
  private final InFlightBytes inFlight;

  BodyReader(int maxBytes, InFlightBytes inFlight) {
    this.maxBytes = maxBytes;
    this.inFlight = inFlight;
  }

  /**
   * Reads a body that is compressed on the wire.
   *
   * @throws IOException when the connection breaks
   */
  Received readGzip(InputStream wire) throws IOException {
    return inflate(wire, "gzip", capped -> new GZIPInputStream(capped, FIRST_BYTES));
  }

  /**
   * The same in the format of zlib, as HTTP has it.
   *
   * @throws IOException when the connection breaks
   */
  Received readDeflate(InputStream wire) throws IOException {
    return inflate(wire, "deflate", Deflate::new);
  }

  private interface Inflation {
    InputStream open(InputStream wire) throws IOException;
  }

  private Received inflate(InputStream wire, String name, Inflation inflation) throws IOException {
    CappedInputStream capped = new CappedInputStream(wire, maxBytes);
    try (InputStream plain = inflation.open(capped)) {
      return read(plain, Math.min(FIRST_BYTES, maxBytes));
    } catch (ZipException | EOFException e) {
      return capped.exceeded()
          ? tooLarge()
          : new Received.Broken(Fault.MALFORMED, "body is not " + name + ": " + e.getMessage());
    }
  }

  /**
   * Reads a body that is compressed on the wire. The whole of it comes before the first byte is
   * decompressed, so that a slow client does not hold a window of native memory.
   *
   * @throws IOException when the connection breaks
   */
  Received readZstd(InputStream wire, long hint) throws IOException {
    return switch (read(wire, hint)) {
      case Received.Broken broken -> broken;
      case Received.Whole(byte[] compressed, InFlightBytes.Reservation held) -> {
        try (held) {
          yield unzstd(compressed);
        }
      }
    };
  }

  /**
   * Its native library: one that cannot be loaded is found at the start, and is no sender's fault.
   */
  static void loadSnappy() {
    Snappy.getNativeLibraryVersion();
  }

  /**
   * Reads a body in Snappy's block format, which says first how large it is.
   *
   * @throws IOException when the connection breaks
   */
  Received readSnappy(InputStream wire, long hint) throws IOException {
    return switch (read(wire, hint)) {
      case Received.Broken broken -> broken;
      case Received.Whole(byte[] compressed, InFlightBytes.Reservation held) -> {
        try (held) {
          yield unsnap(compressed);
        }
      }
    };
  }

  private Received unsnap(byte[] compressed) {
    InFlightBytes.Reservation reservation = inFlight.reserve();
    boolean kept = false;
    try {
      int size = Snappy.uncompressedLength(compressed);
      if (size < 0 || size > maxBytes) {
        return tooLarge();
      }
      if (size > SNAPPY_RATIO_MAX * compressed.length) {
        return new Received.Broken(
            Fault.MALFORMED, "body is not snappy: it says that it is larger than it can be");
      }
      if (!reservation.grow(size)) {
        return overloaded();
      }
      byte[] body = Snappy.uncompress(compressed);
      kept = true;
      return new Received.Whole(body, reservation);
    } catch (IOException e) { // memory is read: only the content can be at fault
      return new Received.Broken(Fault.MALFORMED, "body is not snappy: " + e.getMessage());
    } finally {
      if (!kept) {
        reservation.close();
      }
    }
  }

  private Received unzstd(byte[] compressed) {
    try (InputStream plain = Zstd.open(new ByteArrayInputStream(compressed))) {
      return read(plain, Math.min(FIRST_BYTES, maxBytes));
    } catch (IOException e) { // memory is read: only the content can be at fault
      return new Received.Broken(Fault.MALFORMED, "body is not zstd: " + e.getMessage());
    }
  }

  /**
   * Reads a plain body.
   *
   * @param hint expected size in bytes, negative when unknown; a wrong one costs time only
   * @throws IOException when the connection breaks
   */
  Received read(InputStream plain, long hint) throws IOException {
    if (hint > maxBytes) {
      return tooLarge();
    }
    InFlightBytes.Reservation reservation = inFlight.reserve();
    boolean kept = false;
    try {
      int first = hint < 0 ? FIRST_BYTES : Math.clamp(hint, 1, TRUSTED_HINT_BYTES);
      Received received = read(plain, Math.min(first, maxBytes), reservation);
      kept = received instanceof Received.Whole;
      return received;
    } finally {
      if (!kept) {
        reservation.close();
      }
    }
  }

  private Received read(InputStream plain, int first, InFlightBytes.Reservation reservation)
      throws IOException {
    if (!reservation.grow(first)) {
      return overloaded();
    }
    byte[] buffer = new byte[first];
    int size = 0;
    while (true) {
      int read = plain.readNBytes(buffer, size, buffer.length - size);
      size += read;
      if (size < buffer.length) {
        return whole(buffer, size, reservation);
      }
      int next = plain.read();
      if (next < 0) {
        return whole(buffer, size, reservation);
      }
      if (size >= maxBytes) {
        return tooLarge();
      }
      int larger = (int) Math.min(maxBytes, 2L * buffer.length);
      if (!reservation.grow(larger)) {
        return overloaded();
      }
      buffer = Arrays.copyOf(buffer, larger);
      buffer[size++] = (byte) next;
    }
  }

  private static Received whole(byte[] buffer, int size, InFlightBytes.Reservation reservation) {
    byte[] body = size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    reservation.shrink(size);
    return new Received.Whole(body, reservation);
  }

  private Received tooLarge() {
    return new Received.Broken(
        Fault.TOO_LARGE,
        "body is over the limit of " + maxBytes + " bytes, before or after decompression");
  }

  private static Received overloaded() {
    return new Received.Broken(
        Fault.OVERLOADED, "the collector holds as many bytes in flight as it may");
  }
}
