// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.fuzz;

import dev.nines.demo.fuzz.WireTree.Fixed;
import dev.nines.demo.fuzz.WireTree.Message;
import dev.nines.demo.fuzz.WireTree.Node;
import dev.nines.demo.fuzz.WireTree.Text;
import dev.nines.demo.fuzz.WireTree.Varint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes a few fields of a message, wherever they are nested; lengths stay right. */
final class WireMutation {

  private static final int CHANGES_MAX = 4;
  private static final int DEPTH_MAX = 130;
  private static final int COPIES_MAX = 40;
  private static final int LONG_TEXT = 5_000;

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 53,
    (1L << 53) + 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x7ff0000000000000L,
    0x7ff0000000000002L,
    0xfff8000000000000L,
    Double.doubleToRawLongBits(Double.MAX_VALUE),
    Double.doubleToRawLongBits(0.1)
  };

  private final Random random;
  private final List<Node> others;

  /**
   * @param others fields of another message, to be put into this one
   */
  WireMutation(Random random, List<Node> others) {
    this.random = random;
    this.others = others;
  }

  void change(List<Node> message) {
    for (int changes = 1 + random.nextInt(CHANGES_MAX); changes > 0; changes--) {
      List<Node> place = somewhere(message);
      if (!place.isEmpty()) {
        change(place, random.nextInt(place.size()));
      }
    }
  }

  /** Goes down with an even chance at each level, so that all levels have their share. */
  private List<Node> somewhere(List<Node> message) {
    List<Node> place = message;
    while (random.nextInt(5) > 0) {
      List<List<Node>> below = new ArrayList<>();
      for (Node node : place) {
        if (node instanceof Message(int _, List<Node> fields)) {
          below.add(fields);
        }
      }
      if (below.isEmpty()) {
        return place;
      }
      place = below.get(random.nextInt(below.size()));
    }
    return place;
  }

  private void change(List<Node> place, int index) {
    Node node = place.get(index);
    switch (random.nextInt(10)) {
      case 0 -> place.remove(index);
      case 1 -> copies(place, node);
      case 2 -> place.set(index, place.set(random.nextInt(place.size()), node));
      case 3 -> place.set(index, other());
      case 4 -> place.add(index, other());
      case 5 -> place.set(index, renumbered(node, 1 + random.nextInt(20)));
      case 6 -> place.set(index, wrapped(node));
      default -> place.set(index, otherValue(node));
    }
  }

  private void copies(List<Node> place, Node node) {
    for (int copies = 1 + random.nextInt(COPIES_MAX); copies > 0; copies--) {
      place.add(random.nextInt(place.size() + 1), WireTree.copy(node));
    }
  }

  private Node other() {
    List<Node> place = somewhere(others);
    return place.isEmpty()
        ? new Varint(1, 0)
        : WireTree.copy(place.get(random.nextInt(place.size())));
  }

  private static Node renumbered(Node node, int field) {
    return switch (node) {
      case Varint(int _, long value) -> new Varint(field, value);
      case Fixed(int _, byte[] bytes) -> new Fixed(field, bytes);
      case Text(int _, byte[] bytes) -> new Text(field, bytes);
      case Message(int _, List<Node> fields) -> new Message(field, fields);
    };
  }

  /** In messages of its own number, now and then deeper than a reader goes. */
  private Node wrapped(Node node) {
    Node wrapped = node;
    int depth = random.nextInt(4) == 0 ? DEPTH_MAX : 1;
    for (int i = 0; i < depth; i++) {
      wrapped = new Message(node.field(), new ArrayList<>(List.of(wrapped)));
    }
    return wrapped;
  }

  /** Of the same kind or of another. */
  private Node otherValue(Node node) {
    int field = node.field();
    return switch (random.nextInt(8)) {
      case 0 -> new Varint(field, number());
      case 1 -> new Fixed(field, bytes(Long.BYTES));
      case 2 -> new Fixed(field, bytes(Integer.BYTES));
      case 3 -> new Text(field, text());
      default ->
          switch (node) {
            case Varint _ -> new Varint(field, number());
            case Fixed(int _, byte[] bytes) -> new Fixed(field, bytes(bytes.length));
            case Text(int _, byte[] bytes) -> new Text(field, changed(bytes));
            case Message _ -> new Text(field, text());
          };
    };
  }

  private long number() {
    return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextLong();
  }

  private byte[] bytes(int length) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return Arrays.copyOf(bytes.putLong(number()).array(), length);
  }

  private byte[] text() {
    byte[] text = new byte[random.nextInt(10) == 0 ? LONG_TEXT : random.nextInt(40)];
    random.nextBytes(text);
    return text;
  }

  private byte[] changed(byte[] text) {
    if (text.length == 0 || random.nextInt(3) == 0) {
      return text();
    }
    byte[] changed = Arrays.copyOf(text, 1 + random.nextInt(2 * text.length));
    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    return changed;
  }
}
