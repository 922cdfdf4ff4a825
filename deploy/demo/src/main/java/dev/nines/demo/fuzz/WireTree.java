// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Any protobuf message as fields in fields; what looks like a message is taken for one. */
final class WireTree {

  private static final int DEPTH_MAX = 40;

  private WireTree() {}

  /** One field. */
  sealed interface Node {
    int field();
  }

  record Varint(int field, long value) implements Node {}

  record Fixed(int field, byte[] bytes) implements Node {}

  record Text(int field, byte[] bytes) implements Node {}

  /** Its list is changed in place. */
  record Message(int field, List<Node> fields) implements Node {}

  /** Empty when the bytes are no message. */
  static Optional<List<Node>> parse(byte[] bytes) {
    return new Parser(bytes).message(DEPTH_MAX);
  }

  private static final class Parser {
    private final byte[] bytes;
    private int at;
    private boolean broken;

    Parser(byte[] bytes) {
      this.bytes = bytes;
    }

    Optional<List<Node>> message(int depth) {
      List<Node> nodes = new ArrayList<>();
      while (at < bytes.length && !broken) {
        long tag = varint();
        int field = (int) (tag >>> 3);
        broken |= field <= 0;
        switch ((int) tag & 7) {
          case 0 -> nodes.add(new Varint(field, varint()));
          case 1 -> nodes.add(new Fixed(field, take(Long.BYTES)));
          case 2 -> nodes.add(textOrMessage(field, take(varint()), depth));
          case 5 -> nodes.add(new Fixed(field, take(Integer.BYTES)));
          default -> broken = true;
        }
      }
      return broken ? Optional.empty() : Optional.of(nodes);
    }

    private static Node textOrMessage(int field, byte[] content, int depth) {
      if (content.length == 0 || depth == 0) {
        return new Text(field, content);
      }
      return new Parser(content)
          .message(depth - 1)
          .<Node>map(nodes -> new Message(field, nodes))
          .orElseGet(() -> new Text(field, content));
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; shift < 70 && at < bytes.length; shift += 7) {
        byte next = bytes[at++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
      broken = true;
      return 0;
    }

    private byte[] take(long length) {
      if (length < 0 || length > bytes.length - at) {
        broken = true;
        return new byte[0];
      }
      byte[] taken = Arrays.copyOfRange(bytes, at, at + (int) length);
      at += (int) length;
      return taken;
    }
  }

  /**
   * What is changed in the copy stays in the original: shared, a message could come to hold itself.
   */
  static Node copy(Node node) {
    return node instanceof Message(int field, List<Node> fields)
        ? new Message(field, new ArrayList<>(fields.stream().map(WireTree::copy).toList()))
        : node;
  }

  static byte[] encode(List<Node> nodes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Node node : nodes) {
      switch (node) {
        case Varint(int field, long value) -> varint(varint(out, (long) field << 3), value);
        case Fixed(int field, byte[] bytes) ->
            varint(out, (long) field << 3 | (bytes.length == Long.BYTES ? 1 : 5)).writeBytes(bytes);
        case Text(int field, byte[] bytes) -> content(out, field, bytes);
        case Message(int field, List<Node> fields) -> content(out, field, encode(fields));
      }
    }
    return out.toByteArray();
  }

  private static void content(ByteArrayOutputStream out, int field, byte[] bytes) {
    varint(varint(out, (long) field << 3 | 2), bytes.length).writeBytes(bytes);
  }

  private static ByteArrayOutputStream varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return out;
  }
}
