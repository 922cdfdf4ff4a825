// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.Locale;

/** How a request ended, as a label. */
enum Outcome {
  STORED,
  PARTIAL,
  REFUSED,
  RETRYABLE;

  static Outcome of(Answer answer) {
    return switch (answer) {
      case Answer.Stored stored when stored.rejectedItems() > 0 -> PARTIAL;
      case Answer.Stored _ -> STORED;
      case Answer.Refused refused -> refused.fault().retryable() ? RETRYABLE : REFUSED;
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
