// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import org.jspecify.annotations.Nullable;

/** Finds the values of one kind in a text; has no state. */
sealed interface Finder permits CardFinder, EmailFinder, IpFinder, TokenFinder {

  /** A value that lies in {@code from} to {@code to} of a body. */
  record Found(Kind kind, int from, int to) {}

  /**
   * The first value that begins at {@code from} or later in the text from {@code start} to {@code
   * end}; what lies before {@code from} is context only. Null when there is none.
   */
  @Nullable Found find(byte[] body, int start, int from, int end);

  static Finder of(Kind kind) {
    return switch (kind) {
      case CARD -> new CardFinder();
      case EMAIL -> new EmailFinder();
      case IP -> new IpFinder();
      case TOKEN -> new TokenFinder();
    };
  }
}
