// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.export;

import org.jspecify.annotations.Nullable;

/** The bytes of one request: each attempt sends the same, so that a repeat is known as one. */
final class Batch {

  private final byte[] body;
  private final int spans;
  private @Nullable Long sentNanos;

  /**
   * @param body an {@code ExportTraceServiceRequest}
   */
  Batch(byte[] body, int spans) {
    this.body = body;
    this.spans = spans;
  }

  byte[] body() {
    return body;
  }

  int spans() {
    return spans;
  }

  /** The collector may have it from now on. */
  void sent(long nanos) {
    if (sentNanos == null) {
      sentNanos = nanos;
    }
  }

  /** Since the first attempt that may have arrived; 0 when none may. */
  long unknownNanos(long nanos) {
    return sentNanos == null ? 0 : nanos - sentNanos;
  }
}
