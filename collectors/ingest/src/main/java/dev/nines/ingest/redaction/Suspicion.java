// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Says in one pass over the bytes of a request, without knowing its fields, whether a value can be
 * in it. Yes may be wrong, no never is: a text lies in one piece in the body.
 */
final class Suspicion {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** Tag of {@code int_value} in {@code AnyValue}. */
  private static final int INTEGER_TAG = 0x18;

  private static final long INTEGER_TAGS = INTEGER_TAG * ONES;

  private final boolean cards;
  private final boolean emails;
  private final boolean ips;
  private final boolean tokens;

  Suspicion(Set<Kind> kinds) {
    cards = kinds.contains(Kind.CARD);
    emails = kinds.contains(Kind.EMAIL);
    ips = kinds.contains(Kind.IP);
    tokens = kinds.contains(Kind.TOKEN);
  }

  boolean of(byte[] body) {
    return (cards && integer(body)) || text(body, 0, body.length);
  }

  /** The same of one text. */
  boolean text(byte[] body, int from, int to) {
    return (cards && card(body, from, to)) || ((emails || ips || tokens) && other(body, from, to));
  }

  /** Looks at one byte in 13 for digits and gaps: no card number is shorter. */
  private static boolean card(byte[] body, int start, int end) {
    int seen = start; // no card number ends before
    for (int at = start; at < end; at += CardNumber.DIGITS_MIN) {
      if (at >= seen && Chars.is(Chars.DIGIT | Chars.GAP, body[at])) {
        int from = Chars.before(Chars.DIGIT | Chars.GAP, body, at, seen);
        seen = Chars.after(Chars.DIGIT | Chars.GAP, body, at, end);
        if (seen - from >= CardNumber.DIGITS_MIN && LooseCard.find(body, from, seen) != null) {
          return true;
        }
      }
    }
    return false;
  }

  /** Looks at eight bytes at once for the tag of an integer. */
  private static boolean integer(byte[] body) {
    for (int at = 0; at < body.length; at += Long.BYTES) {
      if (mayHoldTag(body, at) && integer(body, at, Math.min(at + Long.BYTES, body.length))) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayHoldTag(byte[] body, int at) {
    if (at > body.length - Long.BYTES) {
      return true;
    }
    long tags = (long) WORDS.get(body, at) ^ INTEGER_TAGS; // a byte of 0 is a tag
    return ((tags - ONES) & ~tags & HIGHS) != 0;
  }

  /** Whether one of the bytes is the tag of an integer that is a card number. */
  private static boolean integer(byte[] body, int from, int to) {
    for (int at = from; at < to; at++) {
      if (body[at] == INTEGER_TAG && CardNumber.is(varint(body, at + 1))) {
        return true;
      }
    }
    return false;
  }

  /** A varint of at most nine bytes; 0 for any other. */
  private static long varint(byte[] body, int from) {
    long value = 0;
    for (int i = 0; i < 9 && from + i < body.length; i++) {
      value |= (body[from + i] & 0x7fL) << (7 * i);
      if (body[from + i] >= 0) {
        return value;
      }
    }
    return 0;
  }

  private boolean other(byte[] body, int start, int end) {
    for (int at = start; at < end; at++) {
      boolean suspicious =
          switch (body[at]) {
            case '@' -> emails;
            case '.' -> ips && isBetween(Chars.DIGIT, body, at);
            case ':' -> ips && (isBetween(Chars.HEX, body, at) || isColon(body, at + 1));
            default -> tokens && TokenFinder.mayBegin(body, at, end);
          };
      if (suspicious) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBetween(int mask, byte[] body, int at) {
    return Chars.is(mask, body, at - 1, 0, body.length)
        && Chars.is(mask, body, at + 1, 0, body.length);
  }

  private static boolean isColon(byte[] body, int at) {
    return at < body.length && body[at] == ':';
  }
}
