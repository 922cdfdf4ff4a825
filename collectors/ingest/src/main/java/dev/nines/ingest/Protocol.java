// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.Locale;

/** How a request came in, as a label. */
enum Protocol {
  GRPC,
  HTTP,
  REMOTE_WRITE,
  /** Gathered by this process itself. */
  OWN;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
