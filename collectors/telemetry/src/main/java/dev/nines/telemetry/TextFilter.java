// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import org.jspecify.annotations.Nullable;

/** Port: decides what becomes of the texts that {@link TextRewrite} finds. */
public interface TextFilter {

  /** What stands instead of a text, UTF-8 or raw bytes; null when it stays. */
  byte @Nullable [] text(byte[] body, int from, int to);

  /** The text that stands instead of an integer value of an attribute; null when it stays. */
  byte @Nullable [] integer(long value);

  /**
   * What stands instead of bytes whose meaning is unknown, as many as they are, so that lengths
   * within them stay true; null when they stay.
   */
  byte @Nullable [] unknown(byte[] body, int from, int to);
}
