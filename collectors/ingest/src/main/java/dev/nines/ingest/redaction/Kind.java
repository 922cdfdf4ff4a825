// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;

/** What is looked for. */
public enum Kind {
  CARD,
  EMAIL,
  IP,
  TOKEN;

  /** As a label, and in what stands instead of a value. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Stands instead of a value that is dropped. */
  byte[] marker() {
    return ("[" + word() + "]").getBytes(US_ASCII);
  }
}
