// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.ingest.series.Admission.Omitted;
import dev.nines.telemetry.Signal;

/** What a client is told. */
sealed interface Answer {

  /**
   * Every part of the batch is on Kafka.
   *
   * @param rejectedItems left out for good; the message says why
   * @param omitted those of them that are sound, and of too many series
   */
  record Stored(
      Signal signal, int acceptedItems, int rejectedItems, String message, Omitted omitted)
      implements Answer {}

  /** Nothing is promised. */
  record Refused(Fault fault, String message) implements Answer {}
}
