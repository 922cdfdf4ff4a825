// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

/** What becomes of the values of a kind. */
public enum Treatment {
  /** They are not looked for. */
  OFF,
  /** A marker stands instead, for example {@code [card]}. */
  DROP,
  /** A keyed hash stands instead, so that equal values of a tenant stay equal. */
  HASH
}
