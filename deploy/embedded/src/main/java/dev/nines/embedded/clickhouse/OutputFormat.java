// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Set;

/** What the interface must know of an output format. */
final class OutputFormat {
  /** A result may come in pieces: nothing stands before, between or after the rows. */
  private static final Set<String> PLAIN =
      Set.of(
          "native",
          "rowbinary",
          "tabseparated",
          "tsv",
          "tabseparatedraw",
          "tsvraw",
          "csv",
          "tskv",
          "jsoneachrow",
          "jsonlines",
          "ndjson",
          "jsoncompacteachrow",
          "jsonstringseachrow");

  private static final int COPY_BYTES = 64 * 1024;
  private static final String WITH_HEADER = "rowbinarywithnamesandtypes";

  private OutputFormat() {}

  static boolean streams(String format) {
    var name = format.toLowerCase(Locale.ROOT);
    return PLAIN.contains(name) || name.equals(WITH_HEADER);
  }

  /** Bytes at the start of every chunk but the first that must not be sent again. */
  private static long repeatedBytes(String format, MemorySegment chunk) {
    return format.equalsIgnoreCase(WITH_HEADER) ? rowBinaryHeader(chunk) : 0;
  }

  /** Writes the part of a result that a chunk holds. */
  static void write(
      String format, MemorySegment chunk, boolean first, long nativeRevision, OutputStream out)
      throws IOException {
    if (nativeRevision > 0 && format.equalsIgnoreCase("Native")) {
      NativeRevision.write(chunk, nativeRevision, out);
    } else {
      var skipped = first || chunk.byteSize() == 0 ? 0 : repeatedBytes(format, chunk);
      copy(chunk.asSlice(skipped), out);
    }
  }

  static void copy(MemorySegment data, OutputStream out) throws IOException {
    var bytes = new byte[(int) Math.min(COPY_BYTES, data.byteSize())];
    for (var position = 0L; position < data.byteSize(); ) {
      var length = (int) Math.min(bytes.length, data.byteSize() - position);
      MemorySegment.copy(data, JAVA_BYTE, position, bytes, 0, length);
      out.write(bytes, 0, length);
      position += length;
    }
  }

  static String contentType(String format) {
    var name = format.toLowerCase(Locale.ROOT);
    if (name.startsWith("tabseparated") || name.startsWith("tsv")) {
      return "text/tab-separated-values; charset=UTF-8";
    }
    if (name.startsWith("csv")) {
      return "text/csv; charset=UTF-8";
    }
    if (name.contains("eachrow") || name.equals("ndjson") || name.equals("jsonlines")) {
      return "application/x-ndjson; charset=UTF-8";
    }
    if (name.startsWith("json")) {
      return "application/json; charset=UTF-8";
    }
    return name.startsWith("rowbinary") || name.equals("native")
        ? "application/octet-stream"
        : "text/plain; charset=UTF-8";
  }

  /** The number of columns, then all names, then all types, as strings with their length before. */
  private static long rowBinaryHeader(MemorySegment chunk) {
    var columns = new VarInt(chunk, 0);
    var position = columns.end;
    for (var i = 0L; i < 2 * columns.value; i++) {
      var length = new VarInt(chunk, position);
      position = length.end + length.value;
    }
    return position;
  }

  private static final class VarInt {
    private final long value;
    private final long end;

    VarInt(MemorySegment chunk, long start) {
      var sum = 0L;
      var position = start;
      byte b;
      do {
        b = chunk.get(JAVA_BYTE, position);
        sum |= (long) (b & 0x7f) << (7 * (position - start));
        position++;
      } while (b < 0);
      value = sum;
      end = position;
    }
  }
}
