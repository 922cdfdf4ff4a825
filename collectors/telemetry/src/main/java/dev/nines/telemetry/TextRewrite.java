// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers every text of a request to a filter and writes what it changed: contents, and the lengths
 * of the messages around them. All other bytes stay as they are and where they are. One belongs to
 * one thread.
 */
public final class TextRewrite {

  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int GROUP = 3;
  private static final int STRING_VALUE = 1;

  private final TextFilter filter;
  private final WireReader wire = new WireReader();
  private final Slice content = new Slice();
  private final List<Splice> splices = new ArrayList<>();
  private byte[] body = {};

  /** Other bytes for a stretch of the body. */
  private record Splice(int from, int to, byte[] bytes) {

    int growth() {
      return bytes.length - (to - from);
    }
  }

  public TextRewrite(TextFilter filter) {
    this.filter = filter;
  }

  /**
   * The same array when the filter changed nothing.
   *
   * @throws MalformedOtlp when a message breaks off or nests too deeply
   */
  public byte[] rewrite(Signal signal, byte[] request) {
    body = request;
    splices.clear();
    wire.reset(body, 0, body.length);
    int growth = message(TextFields.request(signal));
    return splices.isEmpty() ? body : spliced(growth);
  }

  /** How many bytes longer the rest of the open message becomes. */
  private int message(TextFields fields) {
    int growth = 0;
    while (wire.more()) {
      int from = wire.position();
      int tag = wire.tag();
      growth += field(fields, tag, from);
    }
    return growth;
  }

  private int field(TextFields fields, int tag, int from) {
    int number = tag >>> 3;
    TextFields.Content held = fields.content(number);
    switch (tag & 7) {
      case BYTES -> {
        return switch (held) {
          case MESSAGE -> nested(fields.message(number));
          case TEXT -> text();
          case ID, NUMBERS -> skip(tag);
          case UNKNOWN, INTEGER -> {
            wire.slice(content, "unknown field");
            yield unknown(content.offset());
          }
        };
      }
      case VARINT -> {
        return held == TextFields.Content.INTEGER ? integer(from) : skip(tag);
      }
      case GROUP -> {
        wire.skip(tag);
        return unknown(from);
      }
      default -> {
        return skip(tag);
      }
    }
  }

  private int skip(int tag) {
    wire.skip(tag);
    return 0;
  }

  private int nested(TextFields fields) {
    int at = splices.size();
    int lengthAt = wire.position();
    int outer = wire.enter("a text's message");
    int start = wire.position();
    int length = wire.limit() - start;
    int growth = message(fields);
    wire.leave(outer);
    if (growth == 0) {
      return 0;
    }
    Splice changed =
        new Splice(lengthAt, start, new WireWriter().rawVarint((long) length + growth).toBytes());
    splices.add(at, changed);
    return growth + changed.growth();
  }

  private int text() {
    int lengthAt = wire.position();
    wire.slice(content, "text");
    byte @Nullable [] other = filter.text(body, content.offset(), wire.position());
    return other == null
        ? 0
        : splice(
            lengthAt, new WireWriter().rawVarint(other.length).encoded(other, 0, other.length));
  }

  /** A text is another field of the same value. */
  private int integer(int from) {
    byte @Nullable [] other = filter.integer(wire.varint());
    return other == null ? 0 : splice(from, new WireWriter().bytes(STRING_VALUE, other));
  }

  private int unknown(int from) {
    byte @Nullable [] other = filter.unknown(body, from, wire.position());
    return other == null ? 0 : splice(from, new WireWriter().encoded(other, 0, other.length));
  }

  private int splice(int from, WireWriter bytes) {
    splices.add(new Splice(from, wire.position(), bytes.toBytes()));
    return splices.getLast().growth();
  }

  private byte[] spliced(int growth) {
    byte[] out = new byte[body.length + growth];
    int read = 0;
    int written = 0;
    for (Splice splice : splices) {
      int kept = splice.from - read;
      System.arraycopy(body, read, out, written, kept);
      written += kept;
      System.arraycopy(splice.bytes, 0, out, written, splice.bytes.length);
      written += splice.bytes.length;
      read = splice.to;
    }
    System.arraycopy(body, read, out, written, body.length - read);
    return out;
  }
}
