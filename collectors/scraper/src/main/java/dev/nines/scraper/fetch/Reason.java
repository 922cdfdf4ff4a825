// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.fetch;

import java.util.Locale;

/** Why a target is down, as a label. */
public enum Reason {
  /** Not connected: the name, the address or the port is not there. */
  CONNECT,
  TLS,
  TIMEOUT,
  /** Broken off. */
  CONNECTION,
  /** Not 200. */
  STATUS,
  REDIRECTS,
  /** The file with the token cannot be read. */
  CREDENTIALS,
  CONTENT_TYPE,
  ENCODING,
  MALFORMED,
  BODY_SIZE_LIMIT,
  SAMPLE_LIMIT,
  LABEL_LIMIT,
  /** Its job has more targets than it may. */
  TARGET_LIMIT;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
