// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Map;

/** A statement, its format and its query parameters as C arrays, alive as long as their arena. */
record StatementArguments(
    MemorySegment sql,
    MemorySegment format,
    MemorySegment names,
    MemorySegment nameLengths,
    MemorySegment values,
    MemorySegment valueLengths,
    long parameterCount) {

  static StatementArguments of(
      SegmentAllocator arena, byte[] sql, String format, Map<String, String> parameters) {
    var names = arena.allocate(ADDRESS, parameters.size());
    var nameLengths = arena.allocate(JAVA_LONG, parameters.size());
    var values = arena.allocate(ADDRESS, parameters.size());
    var valueLengths = arena.allocate(JAVA_LONG, parameters.size());
    var i = 0;
    for (var parameter : parameters.entrySet()) {
      set(names, nameLengths, i, bytes(arena, parameter.getKey()));
      set(values, valueLengths, i, bytes(arena, parameter.getValue()));
      i++;
    }
    return new StatementArguments(
        arena.allocateFrom(JAVA_BYTE, sql),
        bytes(arena, format),
        names,
        nameLengths,
        values,
        valueLengths,
        parameters.size());
  }

  private static void set(
      MemorySegment addresses, MemorySegment lengths, int i, MemorySegment text) {
    addresses.setAtIndex(ADDRESS, i, text);
    lengths.setAtIndex(JAVA_LONG, i, text.byteSize());
  }

  private static MemorySegment bytes(SegmentAllocator arena, String text) {
    return arena.allocateFrom(JAVA_BYTE, text.getBytes(UTF_8));
  }
}
