// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Format Native as {@code client_protocol_version} asks for it. The engine writes revision 0; later
 * revisions put a block info before each block, and from {@value #CUSTOM_SERIALIZATION} on a flag
 * behind each column's type (always 0 here: default serialization). Grafana's data source reads no
 * other way over HTTP. Source: {@code src/Formats/NativeWriter.cpp}.
 */
final class NativeRevision {
  private static final int CUSTOM_SERIALIZATION = 54_454;

  /** Field 1, is_overflows: 0; field 2, bucket_num: -1; end. */
  private static final byte[] BLOCK_INFO = {1, 0, 2, -1, -1, -1, -1, 0};

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);

  private static final long ADDITIONAL_KEYS = 1 << 9;

  private final MemorySegment chunk;
  private final OutputStream out;
  private final boolean flags;
  private long position;
  private long copied;

  private NativeRevision(MemorySegment chunk, long revision, OutputStream out) {
    this.chunk = chunk;
    this.out = out;
    this.flags = revision >= CUSTOM_SERIALIZATION;
  }

  /** Writes the blocks of a chunk, which must be whole. */
  static void write(MemorySegment chunk, long revision, OutputStream out) throws IOException {
    new NativeRevision(chunk, revision, out).blocks();
  }

  private void blocks() throws IOException {
    while (position < chunk.byteSize()) {
      out.write(BLOCK_INFO);
      var columns = varInt();
      var rows = varInt();
      for (var i = 0L; i < columns; i++) {
        text();
        var type = NativeType.parse(readText());
        if (flags) {
          copy();
          out.write(0);
        }
        if (rows > 0) {
          prefix(type);
          data(type, rows);
        }
      }
      copy();
    }
  }

  /** What stands before a column's data, for all levels of the type at once. */
  private void prefix(NativeType type) {
    switch (type) {
      case NativeType.Fixed _, NativeType.Text _ -> {}
      case NativeType.Nullable nullable -> prefix(nullable.value());
      case NativeType.Array array -> prefix(array.element());
      case NativeType.Tuple tuple -> tuple.elements().forEach(this::prefix);
      case NativeType.LowCardinality _ -> position += Long.BYTES;
    }
  }

  private void data(NativeType type, long rows) {
    switch (type) {
      case NativeType.Fixed fixed -> position += fixed.bytes() * rows;
      case NativeType.Text _ -> texts(rows);
      case NativeType.Nullable nullable -> {
        position += rows;
        data(nullable.value(), rows);
      }
      case NativeType.Array array -> {
        position += Long.BYTES * rows;
        data(array.element(), rows == 0 ? 0 : chunk.get(LONG, position - Long.BYTES));
      }
      case NativeType.Tuple tuple -> elements(tuple.elements(), rows);
      case NativeType.LowCardinality lowCardinality -> dictionary(lowCardinality.key(), rows);
    }
  }

  private void elements(List<NativeType> elements, long rows) {
    if (elements.isEmpty()) {
      position += rows;
    }
    elements.forEach(element -> data(element, rows));
  }

  /** Flags with the width of the indexes in their lowest byte, the keys, the indexes. */
  private void dictionary(NativeType key, long rows) {
    if (rows == 0) {
      return;
    }
    var kind = number();
    if ((kind & ADDITIONAL_KEYS) != 0) {
      data(key, number());
    }
    var indexes = number();
    position += indexes << (kind & 0xff);
  }

  private void texts(long rows) {
    for (var i = 0L; i < rows; i++) {
      text();
    }
  }

  private void text() {
    var length = varInt();
    position += length;
  }

  private String readText() {
    var length = varInt();
    position += length;
    return new String(
        chunk.asSlice(position - length, length).toArray(ValueLayout.JAVA_BYTE), UTF_8);
  }

  private long number() {
    position += Long.BYTES;
    return chunk.get(LONG, position - Long.BYTES);
  }

  private long varInt() {
    var sum = 0L;
    for (var shift = 0; ; shift += 7) {
      var b = chunk.get(ValueLayout.JAVA_BYTE, position++);
      sum |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return sum;
      }
    }
  }

  /** Passes on what has been walked over. */
  private void copy() throws IOException {
    OutputFormat.copy(chunk.asSlice(copied, position - copied), out);
    copied = position;
  }
}
