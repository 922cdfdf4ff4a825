// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.time.Duration;

/** How a delivery ended. */
public sealed interface Outcome {

  String note();

  /**
   * @param note for example the receiver's id
   */
  record Delivered(String note) implements Outcome {}

  /**
   * Again, not before {@code after} has passed.
   *
   * @param ambiguous this attempt may have arrived
   */
  record Retry(Duration after, String note, boolean ambiguous) implements Outcome {}

  /** Set aside: kept, visible, never tried again by itself. */
  record Dead(String note) implements Outcome {}
}
