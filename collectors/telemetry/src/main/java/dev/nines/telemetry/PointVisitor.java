// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** Receives the points of a body in wire order. The view is reused: copy what outlives the call. */
@FunctionalInterface
public interface PointVisitor {
  void point(PointView point);
}
