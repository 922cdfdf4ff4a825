// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, one at a time in one buffer that grows to the longest. */
final class Lines {

  static final int LINE_BYTES_MAX = 1 << 20;

  private static final int READ_BYTES = 16 << 10;

  private final InputStream stream;
  private byte[] buffer = new byte[2 * READ_BYTES];
  private int start;
  private int filled;
  private int number;
  private boolean ended;
  private boolean whole = true;

  Lines(InputStream stream) {
    this.stream = stream;
  }

  /**
   * Moves the cursor to the next line; false behind the last one.
   *
   * @throws Malformed for one that is too long
   */
  boolean next(Cursor cursor) throws IOException {
    int from = start;
    int end = newline(from);
    while (end < 0 && !ended) {
      int scanned = filled - start;
      fill();
      end = newline(start + scanned);
    }
    if (end < 0 && start == filled) {
      return false;
    }
    number++;
    whole = end >= 0;
    cursor.reset(buffer, start, whole ? end : filled, number);
    start = whole ? end + 1 : filled;
    return true;
  }

  /** Whether the last line ended with a line feed: else the rest of the body may be missing. */
  boolean isWhole() {
    return whole;
  }

  int number() {
    return number;
  }

  private int newline(int from) {
    for (int i = from; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled > LINE_BYTES_MAX) {
      throw new Malformed(number + 1, "line-length", "has over " + LINE_BYTES_MAX + " bytes");
    }
    if (buffer.length - filled < READ_BYTES) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = stream.read(buffer, filled, READ_BYTES);
    if (read < 0) {
      ended = true;
    } else {
      filled += read;
    }
  }
}
