// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import org.jspecify.annotations.Nullable;

/** The rules of the OTLP data model that a span must keep; its times are not among them. */
public final class SpanCheck {

  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private SpanCheck() {}

  /** The first rule that the span breaks; null for a good one. */
  public static @Nullable Defect defect(SpanView span) {
    if (!isId(span.traceId(), TRACE_ID_BYTES)) {
      return Defect.TRACE_ID;
    }
    return isId(span.spanId(), SPAN_ID_BYTES) ? null : Defect.SPAN_ID;
  }

  private static boolean isId(Slice id, int bytes) {
    if (id.length() != bytes) {
      return false;
    }
    for (int i = id.offset(); i < id.offset() + bytes; i++) {
      if (id.array()[i] != 0) {
        return true;
      }
    }
    return false;
  }
}
