// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.PointView;

/** A compiled question about a point of a metric. */
@FunctionalInterface
interface PointTest {
  boolean test(PointView point);
}
