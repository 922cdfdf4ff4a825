// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import org.jspecify.annotations.Nullable;

/** E-mail addresses with a domain of at least two labels; characters beyond ASCII are letters. */
final class EmailFinder implements Finder {

  private static final int TOP_MIN = 2;
  private static final String PUNYCODE = "xn--";

  @Override
  public @Nullable Found find(byte[] body, int start, int from, int end) {
    int least = from;
    for (int at = from; at < end; at++) {
      if (body[at] == '@') {
        int local = Chars.before(Chars.LOCAL, body, at, least);
        int to = local < at ? domainEnd(body, at + 1, end) : 0;
        if (to > 0) {
          return new Found(Kind.EMAIL, local, to);
        }
        least = at + 1;
      }
    }
    return null;
  }

  /** 0 when there is none. */
  private static int domainEnd(byte[] body, int from, int end) {
    int found = 0;
    int label = from;
    int next = Chars.after(Chars.LABEL, body, label, end);
    while (next > label) {
      if (label > from) {
        found = Math.max(found, topEnd(body, label, next));
      }
      if (next == end || body[next] != '.') {
        break;
      }
      label = next + 1;
      next = Chars.after(Chars.LABEL, body, label, end);
    }
    return found;
  }

  /** Where a top-level domain that begins a label ends; 0 when none does. */
  private static int topEnd(byte[] body, int from, int end) {
    if (Shape.begins(body, from, end, PUNYCODE)) {
      return end;
    }
    int letters = Chars.after(Chars.LETTER, body, from, end);
    int top = letters > from ? letters : Chars.after(Chars.HIGH, body, from, end);
    return top - from >= TOP_MIN ? top : 0;
  }
}
