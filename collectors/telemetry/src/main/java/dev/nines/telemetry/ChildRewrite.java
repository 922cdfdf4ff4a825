// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.function.LongConsumer;

/** Items are what a scope holds: spans, or log records. */
final class ChildRewrite extends BatchRewrite {

  ChildRewrite(byte[] body, Checked checked, LongConsumer room) {
    super(body, checked, room);
  }

  @Override
  void child(int from) {
    wire.skip(CHILDREN);
    item(from, wire.position());
  }
}
