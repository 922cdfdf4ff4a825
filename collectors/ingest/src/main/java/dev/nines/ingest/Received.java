// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

/** A request body as it came in. */
sealed interface Received {

  /**
   * The whole body, decompressed.
   *
   * @param reservation to be closed when the body is no longer held
   */
  record Whole(byte[] body, InFlightBytes.Reservation reservation) implements Received {}

  /** No body is held. */
  record Broken(Fault fault, String message) implements Received {}
}
