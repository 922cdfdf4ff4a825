// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;

/**
 * The second pass over a body that was walked already: sorts its good items into parts. In the
 * requests of all signals, resources are field 1, their scopes field 2, and so is what a scope
 * holds.
 */
abstract sealed class BatchRewrite permits ChildRewrite, PointRewrite {

  /** Tag of a scope in its resource, and of what a scope holds. */
  static final int CHILDREN = 18;

  private static final int RESOURCE = 0;
  private static final int SCOPE = 1;

  /** Level of what a scope holds. */
  static final int INNER = 2;

  final WireReader wire = new WireReader();
  final PartBuilder builder;
  private final byte[] body;
  private final Checked checked;
  private final int maxContextBytes;
  private int index;

  BatchRewrite(byte[] body, Checked checked, LongConsumer room) {
    this.body = body;
    this.checked = checked;
    boolean fits = body.length <= BatchCut.MAX_BYTES;
    maxContextBytes = fits ? Integer.MAX_VALUE : BatchCut.MAX_CONTEXT_BYTES;
    builder = new PartBuilder(body, fits ? Integer.MAX_VALUE : BatchCut.MAX_BYTES, room);
  }

  List<BatchPart> parts() {
    wire.reset(body, 0, body.length);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        resource();
      } else {
        wire.skip(tag);
      }
    }
    return builder.parts();
  }

  private void resource() {
    int outer = wire.enter("resource");
    builder.begin(RESOURCE, 1, context(tag -> tag == CHILDREN));
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == CHILDREN) {
        scope();
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void scope() {
    int outer = wire.enter("scope");
    builder.begin(SCOPE, 2, context(tag -> tag == CHILDREN));
    while (wire.more()) {
      int from = wire.position();
      int tag = wire.tag();
      if (tag == CHILDREN) {
        child(from);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  /** One message of a scope, whose tag began at {@code from} and was read. */
  abstract void child(int from);

  /** The next item of the body, with its tag. */
  final void item(int from, int to) {
    int item = index++;
    if (checked.isUnsound(item)) {
      return;
    }
    boolean omitted = checked.isOmitted(item);
    boolean planned = builder.contextBytes() <= maxContextBytes && builder.item(from, to, !omitted);
    if (!planned && !omitted) {
      checked.reject(Defect.TOO_LARGE);
    }
  }

  /** All fields of the open message but its children; the cursor is back where it was. */
  final byte[] context(IntPredicate isChild) {
    int start = wire.position();
    WireWriter context = new WireWriter();
    while (wire.more()) {
      int from = wire.position();
      int tag = wire.tag();
      wire.skip(tag);
      if (!isChild.test(tag)) {
        context.encoded(body, from, wire.position());
      }
    }
    wire.rewind(start);
    return context.toBytes();
  }
}
