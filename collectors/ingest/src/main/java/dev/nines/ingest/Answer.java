// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

/** What a client is told. */
sealed interface Answer {

  /**
   * Every part of the batch is on Kafka.
   *
   * @param rejectedSpans left out for good; the message says why
   */
  record Stored(int acceptedSpans, int rejectedSpans, String message) implements Answer {}

  /** Nothing is promised. */
  record Refused(Fault fault, String message) implements Answer {}
}
