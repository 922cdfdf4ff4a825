// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

/** Health of a part that runs by itself. */
public sealed interface Check {

  /** Works. */
  record Running() implements Check {}

  /** On its way: restoring, joining its group, waiting for the broker. */
  record Starting(String what) implements Check {}

  /** Broke; it tries again by itself. */
  record Failed(String reason) implements Check {}

  /** Was closed on purpose, or never started. */
  record Closed() implements Check {}
}
