// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import java.util.Locale;

/** How bodies travel. */
public enum Encoding {
  PLAIN,
  GZIP;

  /** {@code plain}, {@code gzip}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
