// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import org.jspecify.annotations.Nullable;

/**
 * One line of values.
 *
 * @param timeNanos as of a {@link Point}
 * @param line from 1
 */
record Sample(
    String name,
    Labels labels,
    double value,
    long timeNanos,
    @Nullable Exemplar exemplar,
    int line) {

  /** A count of events; the same line breaks the rule when it is none. */
  long count() {
    if (!(value >= 0) || value != Math.rint(value) || value >= 0x1p63) {
      throw new Malformed(line, "count", name + " is " + value + ", which is no count of events");
    }
    return (long) value;
  }
}
