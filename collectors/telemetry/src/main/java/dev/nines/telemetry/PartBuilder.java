// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Fills parts with items in wire order, each up to a size; the last one may be small. Items stand
 * under nested messages, whose levels count from 0.
 */
final class PartBuilder {

  /** Tag and length of a nested message, at most. */
  private static final int FRAME_BYTES = 6;

  /** Heap of a message of the plan with its lists, beside its context; and of a run of items. */
  private static final int NODE_BYTES = 256;

  private static final int RUN_BYTES = 32;

  private final byte[] source;
  private final int maxBytes;
  private final LongConsumer room;
  private final List<BatchPart> parts = new ArrayList<>();
  private final List<Level> levels = new ArrayList<>();
  private List<Node> roots = new ArrayList<>();
  private int open;
  private int bytes;
  private int planned;
  private int items;
  private long planBytes;

  /** A run of items that lie side by side in the source. */
  private record Run(int from, int to) {}

  /**
   * What the next items stand under at one level.
   *
   * @param field number in the message of the level before
   * @param context its encoded fields without its children
   */
  private record Level(int field, byte[] context) {}

  /** A message in the present part: it has either children or runs of items. */
  private record Node(Level level, List<Node> children, List<Run> runs) {

    Node(Level level) {
      this(level, new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * @param room told how many bytes the plan of the parts takes
   */
  PartBuilder(byte[] source, int maxBytes, LongConsumer room) {
    this.source = source;
    this.maxBytes = maxBytes;
    this.room = room;
  }

  /** Another message of a level begins, and ends all at and below it. */
  void begin(int level, int field, byte[] context) {
    while (levels.size() > level) {
      levels.removeLast();
    }
    levels.add(new Level(field, context));
    open = Math.min(open, level);
  }

  /** What each part with the present item repeats. */
  int contextBytes() {
    return levels.stream().mapToInt(level -> level.context.length).sum();
  }

  /**
   * False when the item is too large for any part.
   *
   * @param taken else its part has room for it and is without it
   */
  boolean item(int from, int to, boolean taken) {
    int length = to - from;
    if (openBytes(0) + length > maxBytes) {
      return false;
    }
    if (bytes + openBytes(open) + length > maxBytes) {
      close();
    }
    bytes += openBytes(open) + length;
    Node node = openNodes();
    planned++;
    if (taken) {
      append(node, from, to);
      items++;
    }
    return true;
  }

  List<BatchPart> parts() {
    close();
    return parts;
  }

  /** What it takes to open the levels from one on. */
  private int openBytes(int from) {
    int sum = 0;
    for (int i = from; i < levels.size(); i++) {
      sum += FRAME_BYTES + levels.get(i).context.length;
    }
    return sum;
  }

  /** The innermost message; what is not open yet is opened. */
  private Node openNodes() {
    List<Node> siblings = roots;
    for (int i = 0; i < levels.size(); i++) {
      if (i >= open) {
        siblings.add(new Node(levels.get(i)));
        takes(NODE_BYTES + levels.get(i).context.length);
      }
      if (i == levels.size() - 1) {
        open = levels.size();
        return siblings.getLast();
      }
      siblings = siblings.getLast().children;
    }
    throw new IllegalStateException("an item stands under nothing");
  }

  private void takes(int more) {
    planBytes += more;
    room.accept(planBytes);
  }

  private void append(Node node, int from, int to) {
    List<Run> runs = node.runs;
    if (!runs.isEmpty() && runs.getLast().to == from) {
      runs.set(runs.size() - 1, new Run(runs.getLast().from, to));
    } else {
      runs.add(new Run(from, to));
      takes(RUN_BYTES);
    }
  }

  private void close() {
    if (planned > 0) {
      List<Node> content = roots;
      parts.add(new BatchPart(items, () -> write(content)));
    }
    roots = new ArrayList<>();
    open = 0;
    bytes = 0;
    planned = 0;
    items = 0;
  }

  private byte[] write(List<Node> content) {
    WireWriter body = new WireWriter();
    content.forEach(node -> body.message(node.level.field, write(node)));
    return body.toBytes();
  }

  private WireWriter write(Node node) {
    byte[] context = node.level.context;
    WireWriter message = new WireWriter().encoded(context, 0, context.length);
    node.children.forEach(child -> message.message(child.level.field, write(child)));
    node.runs.forEach(run -> message.encoded(source, run.from, run.to));
    return message;
  }
}
