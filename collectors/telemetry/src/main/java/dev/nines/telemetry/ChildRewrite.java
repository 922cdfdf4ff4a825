// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.BitSet;
import java.util.Map;
import java.util.function.LongConsumer;

/** Items are what a scope holds: spans, or log records. */
final class ChildRewrite extends BatchRewrite {

  ChildRewrite(byte[] body, BitSet bad, Map<Defect, Integer> rejected, LongConsumer room) {
    super(body, bad, rejected, room);
  }

  @Override
  void child(int from) {
    wire.skip(CHILDREN);
    item(from, wire.position());
  }
}
