// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.SpanView;

/** A compiled question about a span. */
@FunctionalInterface
interface SpanTest {
  boolean test(SpanView span);

  default SpanTest and(SpanTest other) {
    return span -> test(span) && other.test(span);
  }
}
