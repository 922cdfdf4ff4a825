// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.BitSet;
import java.util.Map;

/** Items are what a scope holds: spans, or log records. */
final class ChildRewrite extends BatchRewrite {

  ChildRewrite(byte[] body, BitSet bad, Map<Defect, Integer> rejected) {
    super(body, bad, rejected);
  }

  @Override
  void child(int from) {
    wire.skip(CHILDREN);
    item(from, wire.position());
  }
}
