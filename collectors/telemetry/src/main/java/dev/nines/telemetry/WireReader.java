// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * A cursor over the protobuf wire form that allocates nothing while it walks. Lengths are checked
 * against the enclosing message and nesting is bounded, so hostile bytes end in {@link
 * MalformedOtlp}, which names the path of fields and the byte offset in the body.
 */
public final class WireReader {

  /** As protobuf's own parsers limit nesting. */
  static final int MAX_DEPTH = 100;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int GROUP_START = 3;
  private static final int GROUP_END = 4;
  private static final int FIXED32 = 5;

  private final String[] path = new String[MAX_DEPTH];
  private byte[] array = new byte[0];
  private int position;
  private int limit;
  private int depth;

  public void reset(byte[] body, int offset, int length) {
    array = body;
    position = offset;
    limit = offset + length;
    depth = 0;
  }

  public boolean more() {
    return position < limit;
  }

  public int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  /** Goes back to a position of the same message, for a second pass. */
  public void rewind(int earlier) {
    position = earlier;
  }

  /** The next tag: field number and wire type. */
  public int tag() {
    int start = position;
    int tag = (int) varint();
    if (tag >>> 3 == 0) {
      throw malformed("field number 0", start);
    }
    return tag;
  }

  /** Most are of one byte: that case is small enough to stand where it is called. */
  public long varint() {
    int at = position;
    if (at < limit && array[at] >= 0) {
      position = at + 1;
      return array[at];
    }
    return longVarint();
  }

  private long longVarint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position >= limit) {
        throw malformed("varint cut short", position);
      }
      byte next = array[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("varint over 10 bytes", position);
  }

  public long fixed64() {
    int start = advance(Long.BYTES, "fixed64 cut short");
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value |= (array[start + i] & 0xffL) << (8 * i);
    }
    return value;
  }

  public double float64() {
    return Double.longBitsToDouble(fixed64());
  }

  /** A zigzag varint of 32 bits. */
  public int sint32() {
    int raw = (int) varint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** Reads a length-delimited field of bytes or text. */
  public void slice(Slice into, String field) {
    int length = length(field);
    into.set(array, position, length);
    position += length;
  }

  /**
   * Opens a nested message.
   *
   * @return what {@link #leave} needs
   */
  public int enter(String field) {
    int length = length(field);
    if (depth == MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH, position);
    }
    path[depth++] = field;
    int outer = limit;
    limit = position + length;
    return outer;
  }

  /** Closes the nested message, read or not. */
  public void leave(int outer) {
    position = limit;
    limit = outer;
    depth--;
  }

  /** Passes over the field whose tag was just read. */
  public void skip(int tag) {
    skip(tag, 0);
  }

  MalformedOtlp malformed(String what, int offset) {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      message.append(i == 0 ? "" : ".").append(path[i]);
    }
    message.append(depth == 0 ? "" : ": ").append(what).append(" at byte ").append(offset);
    return new MalformedOtlp(message.toString());
  }

  private void skip(int tag, int groups) {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES, "fixed64 cut short");
      case BYTES -> {
        int length = length("skipped field");
        position += length;
      }
      case GROUP_START -> skipGroup(tag, groups + 1);
      case FIXED32 -> advance(Integer.BYTES, "fixed32 cut short");
      case GROUP_END -> throw malformed("end of a group that never began", position);
      default -> throw malformed("wire type " + (tag & 7), position);
    }
  }

  private void skipGroup(int start, int groups) {
    if (depth + groups > MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH, position);
    }
    int tag = tag();
    while ((tag & 7) != GROUP_END) {
      skip(tag, groups);
      tag = tag();
    }
    if (tag >>> 3 != start >>> 3) {
      throw malformed("end of another group", position);
    }
  }

  private int length(String field) {
    int start = position;
    long length = varint();
    if (length < 0 || length > limit - position) {
      throw malformed(
          field + " of " + Long.toUnsignedString(length) + " bytes runs past its message", start);
    }
    return (int) length;
  }

  private int advance(int bytes, String otherwise) {
    if (limit - position < bytes) {
      throw malformed(otherwise, position);
    }
    int start = position;
    position += bytes;
    return start;
  }
}
