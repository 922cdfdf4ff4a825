// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text of the body as one number, its offset above its length, so that lists of texts are flat.
 */
final class Text {

  /** Is no UTF-8, or a reference to nothing. */
  static final long NONE = -1;

  static final long EMPTY = 0;

  private Text() {}

  static long of(int offset, int length) {
    return (long) offset << 32 | length;
  }

  static int offset(long text) {
    return (int) (text >>> 32);
  }

  static int length(long text) {
    return (int) text;
  }

  static int end(long text) {
    return offset(text) + length(text);
  }

  static boolean is(byte[] body, long text, byte[] word) {
    return Arrays.equals(body, offset(text), end(text), word, 0, word.length);
  }

  static boolean endsWith(byte[] body, long text, byte[] suffix) {
    int from = end(text) - suffix.length;
    return from >= offset(text) && Arrays.equals(body, from, end(text), suffix, 0, suffix.length);
  }

  /** By bytes, which is also the order of their code points. */
  static int compare(byte[] body, long a, long b) {
    return Arrays.compareUnsigned(body, offset(a), end(a), body, offset(b), end(b));
  }

  static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }
}
