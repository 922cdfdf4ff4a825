// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A batch that is encoded once and sent many times, each time with another name of its first
 * instance: no two bodies are the same bytes, and none is encoded or compressed anew. Used by one
 * thread.
 */
public final class Body {

  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};
  private static final int STORED_HEADER_BYTES = 5;
  private static final int TRAILER_BYTES = 8;

  /** As text, so that it takes the place of {@link SpanBatch#INSTANCE}. */
  private static final String NAME = "%016x";

  private final Encoding encoding;
  private final byte[] plain;
  private final int nameOffset;
  private final byte[] deflated;

  public Body(byte[] batch, Encoding encoding) {
    this.encoding = encoding;
    plain = batch.clone();
    nameOffset = indexOf(plain, SpanBatch.INSTANCE.getBytes(US_ASCII));
    deflated =
        switch (encoding) {
          case PLAIN -> new byte[0];
          case GZIP -> deflate(plain, headBytes());
        };
  }

  static String name(long number) {
    return NAME.formatted(number);
  }

  public byte[] named(long number) {
    byte[] name = name(number).getBytes(US_ASCII);
    System.arraycopy(name, 0, plain, nameOffset, name.length);
    return switch (encoding) {
      case PLAIN -> plain.clone();
      case GZIP -> gzip();
    };
  }

  /** RFC 1952 around RFC 1951: the head in a stored block, the rest as it was compressed. */
  private byte[] gzip() {
    int head = headBytes();
    CRC32 crc = new CRC32();
    crc.update(plain);
    return ByteBuffer.allocate(
            GZIP_HEADER.length + STORED_HEADER_BYTES + head + deflated.length + TRAILER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(GZIP_HEADER)
        .put((byte) 0)
        .putShort((short) head)
        .putShort((short) ~head)
        .put(plain, 0, head)
        .put(deflated)
        .putInt((int) crc.getValue())
        .putInt(plain.length)
        .array();
  }

  private int headBytes() {
    return nameOffset + SpanBatch.INSTANCE.length();
  }

  private static byte[] deflate(byte[] bytes, int from) {
    byte[] out = new byte[bytes.length + (bytes.length >> 3) + 64];
    try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput(bytes, from, bytes.length - from);
      deflater.finish();
      int length = deflater.deflate(out);
      if (!deflater.finished()) {
        throw new IllegalStateException("a body grew when it was compressed");
      }
      return Arrays.copyOf(out, length);
    }
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("a batch without " + SpanBatch.INSTANCE);
  }
}
