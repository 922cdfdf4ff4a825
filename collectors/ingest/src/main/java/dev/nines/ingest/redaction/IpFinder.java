// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import org.jspecify.annotations.Nullable;

/**
 * IPv4 addresses of four decimal numbers, and IPv6 addresses of RFC 4291, section 2.2, with at
 * least one decimal digit: names such as {@code abc::def} are none.
 */
final class IpFinder implements Finder {

  private static final int OCTETS = 4;
  private static final int GROUPS = 8;
  private static final int GROUP_DIGITS_MAX = 4;

  @Override
  public @Nullable Found find(byte[] body, int start, int from, int end) {
    for (int at = from; at < end; at++) {
      int to = 0;
      boolean digit = Chars.is(Chars.DIGIT, body[at]);
      if (isIp6Char(body[at]) && !isBefore(body, at - 1, start, ":")) {
        to = ip6End(body, at, end);
      }
      if (to == 0 && digit && !isBefore(body, at - 1, start, "")) {
        to = ip4End(body, at, end);
      }
      if (to > 0) {
        return new Found(Kind.IP, at, to);
      }
    }
    return null;
  }

  /** Whether an address cannot begin after what stands at a place. */
  private static boolean isBefore(byte[] body, int at, int start, String also) {
    return at >= start
        && (Chars.is(Chars.WORD, body[at])
            || body[at] == '_'
            || body[at] == '.'
            || also.indexOf(body[at]) >= 0);
  }

  private static boolean isIp6Char(byte value) {
    return value == ':' || Chars.is(Chars.HEX, value);
  }

  private static int ip4End(byte[] body, int from, int end) {
    int to = octets(body, from, end);
    boolean word = Chars.is(Chars.WORD, body, to, from, end);
    boolean fifth = to < end && body[to] == '.' && Chars.is(Chars.DIGIT, body, to + 1, from, end);
    return word || fifth ? 0 : to;
  }

  private static int octets(byte[] body, int from, int end) {
    int at = from;
    for (int octet = 0; octet < OCTETS; octet++) {
      if (octet > 0) {
        if (at == end || body[at] != '.') {
          return 0;
        }
        at++;
      }
      int value = 0;
      int first = at;
      while (at < end && at - first < 3 && Chars.is(Chars.DIGIT, body[at])) {
        value = value * 10 + body[at++] - '0';
      }
      if (at == first || value > 255) {
        return 0;
      }
    }
    return at;
  }

  private static int ip6End(byte[] body, int from, int end) {
    int to = from;
    while (to < end && (isIp6Char(body[to]) || body[to] == '.')) {
      to++;
    }
    while (to > from && body[to - 1] == '.') {
      to--;
    }
    if (to - from > 1 && body[to - 1] == ':' && body[to - 2] != ':') {
      to--;
    }
    boolean word = to < end && (Chars.is(Chars.WORD, body[to]) || body[to] == '_');
    return !word && isIp6(body, from, to) ? to : 0;
  }

  private static boolean isIp6(byte[] body, int from, int to) {
    int groups = 0;
    boolean compressed = false;
    boolean digit = false;
    int at = from;
    while (at < to) {
      if (body[at] == ':') {
        boolean twice = at + 1 < to && body[at + 1] == ':';
        boolean single = !twice && (at == from || at + 1 == to);
        if (single || (twice && compressed)) {
          return false;
        }
        compressed |= twice;
        at += twice ? 2 : 1;
        if (at < to && body[at] == ':') {
          return false;
        }
      } else {
        int next = Chars.after(Chars.HEX, body, at, to);
        if (next < to && body[next] == '.') {
          return at > from && octets(body, at, to) == to && fits(groups + 2, compressed);
        }
        digit |= hasDigit(body, at, next);
        if (next == at || next - at > GROUP_DIGITS_MAX) {
          return false;
        }
        groups++;
        at = next;
      }
    }
    return digit && fits(groups, compressed);
  }

  private static boolean fits(int groups, boolean compressed) {
    return compressed ? groups < GROUPS : groups == GROUPS;
  }

  private static boolean hasDigit(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Chars.is(Chars.DIGIT, body[i])) {
        return true;
      }
    }
    return false;
  }
}
