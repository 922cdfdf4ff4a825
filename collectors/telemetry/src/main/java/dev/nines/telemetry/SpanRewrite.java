// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.BitSet;
import java.util.Map;

/** Items are the spans of a scope. */
final class SpanRewrite extends BatchRewrite {

  SpanRewrite(byte[] body, BitSet bad, Map<Defect, Integer> rejected) {
    super(body, bad, rejected);
  }

  @Override
  void child(int from) {
    wire.skip(CHILDREN);
    item(from, wire.position());
  }
}
