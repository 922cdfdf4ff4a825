// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The ids of a run's span: a trace of its own, that a target's spans can join. */
record TraceContext(byte[] traceId, byte[] spanId) {

  static TraceContext next(RandomGenerator random) {
    return new TraceContext(id(random, 16), id(random, 8));
  }

  /** W3C trace context, sampled. */
  String traceparent() {
    HexFormat hex = HexFormat.of();
    return "00-" + hex.formatHex(traceId) + "-" + hex.formatHex(spanId) + "-01";
  }

  /** All zeros is no id. */
  private static byte[] id(RandomGenerator random, int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    id[bytes - 1] |= 1;
    return id;
  }
}
