// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and tokens whose makers gave them a shape: AWS, GitHub, GitLab, Slack, Stripe, Google,
 * Nines, JSON web tokens, bearer tokens with the word before them, private keys in PEM.
 */
final class TokenFinder implements Finder {

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("AKIA", Chars.WORD, 16, 16),
          new Shape("ASIA", Chars.WORD, 16, 16),
          new Shape("AIza", Chars.URL_SAFE, 35, 35),
          new Shape("ghp_", Chars.WORD, 36),
          new Shape("gho_", Chars.WORD, 36),
          new Shape("ghu_", Chars.WORD, 36),
          new Shape("ghs_", Chars.WORD, 36),
          new Shape("ghr_", Chars.WORD, 36),
          new Shape("github_pat_", Chars.URL_SAFE, 22),
          new Shape("glpat-", Chars.URL_SAFE, 20),
          new Shape("xoxa-", Chars.URL_SAFE, 10),
          new Shape("xoxb-", Chars.URL_SAFE, 10),
          new Shape("xoxp-", Chars.URL_SAFE, 10),
          new Shape("xoxr-", Chars.URL_SAFE, 10),
          new Shape("xoxs-", Chars.URL_SAFE, 10),
          new Shape("sk_live_", Chars.WORD, 10),
          new Shape("sk_test_", Chars.WORD, 10),
          new Shape("rk_live_", Chars.WORD, 10),
          new Shape("rk_test_", Chars.WORD, 10),
          new Shape("nines_", Chars.URL_SAFE, 20));

  private static final String FIRST = "AgxsrneBb-";
  private static final String JWT = "eyJ";
  private static final int JWT_PART_MIN = 5;
  private static final String BEARER = "bearer ";
  private static final int BEARER_MIN = 8;
  private static final String PEM_BEGIN = "-----BEGIN ";
  private static final String PEM_END = "-----END ";
  private static final String PEM_DASHES = "-----";
  private static final String PEM_KIND = "PRIVATE KEY";
  private static final int PEM_LABEL_MAX = 64;
  private static final boolean[] BEGINS = begins();

  @Override
  public @Nullable Found find(byte[] body, int start, int from, int end) {
    int noWebToken = from; // none begins before, so that no byte is read again and again
    for (int at = from; at < end; at++) {
      boolean begins = mayBegin(body, at, end) && !Chars.is(Chars.WORD, body, at - 1, start, end);
      if (begins && (body[at] != 'e' || at >= noWebToken)) {
        int to = tokenEnd(body, at, end);
        if (to > 0) {
          return new Found(Kind.TOKEN, at, to);
        }
        noWebToken = Math.max(noWebToken, -to);
      }
    }
    return null;
  }

  /** Whether the fixed characters of a token begin at a place. */
  static boolean mayBegin(byte[] body, int at, int end) {
    if (!BEGINS[body[at] & 0xff]) {
      return false;
    }
    return switch (body[at]) {
      case 'e' -> Shape.begins(body, at, end, JWT);
      case 'B', 'b' -> isBearer(body, at, end);
      case '-' -> Shape.begins(body, at, end, PEM_BEGIN);
      default -> shapeBegins(body, at, end);
    };
  }

  private static boolean shapeBegins(byte[] body, int at, int end) {
    for (Shape shape : SHAPES) { // a stream for each such letter would take most of a scan
      if (Shape.begins(body, at, end, shape.prefix())) {
        return true;
      }
    }
    return false;
  }

  /** Where a token whose fixed characters are at a place ends; 0 or less when it is none. */
  private static int tokenEnd(byte[] body, int at, int end) {
    return switch (body[at]) {
      case 'e' -> webTokenEnd(body, at, end);
      case 'B', 'b' -> bearerEnd(body, at, end);
      case '-' -> privateKeyEnd(body, at, end);
      default -> SHAPES.stream().mapToInt(shape -> shape.end(body, at, end)).max().orElse(0);
    };
  }

  /** Header, content and signature, which may be empty; else less the end of the header. */
  private static int webTokenEnd(byte[] body, int at, int end) {
    int header = Chars.after(Chars.URL_SAFE, body, at, end);
    int content = header < end ? Chars.after(Chars.URL_SAFE, body, header + 1, end) : end;
    boolean parted =
        content < end
            && body[header] == '.'
            && body[content] == '.'
            && header - at >= JWT.length() + JWT_PART_MIN
            && content - header > JWT_PART_MIN;
    return parted ? Chars.after(Chars.URL_SAFE, body, content + 1, end) : -header;
  }

  private static boolean isBearer(byte[] body, int at, int end) {
    for (int i = 0; i < BEARER.length(); i++) {
      if (at + i >= end || Character.toLowerCase(body[at + i]) != BEARER.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int bearerEnd(byte[] body, int at, int end) {
    int first = at + BEARER.length();
    int to = first;
    while (to < end && isBearerChar(body[to])) {
      to++;
    }
    return to - first >= BEARER_MIN ? to : 0;
  }

  /** RFC 6750, section 2.1. */
  private static boolean isBearerChar(byte value) {
    return Chars.is(Chars.URL_SAFE, value) || "._~+/=".indexOf(value) >= 0;
  }

  /** To its last line, or to the end of a text that was cut off. */
  private static int privateKeyEnd(byte[] body, int at, int end) {
    int label = at + PEM_BEGIN.length();
    int labelEnd = indexOf(body, label, Math.min(end, label + PEM_LABEL_MAX), PEM_DASHES);
    if (labelEnd < 0 || indexOf(body, label, labelEnd, PEM_KIND) < 0) {
      return 0;
    }
    int last = indexOf(body, labelEnd, end, PEM_END);
    int lastEnd = last < 0 ? -1 : indexOf(body, last + PEM_END.length(), end, PEM_DASHES);
    return lastEnd < 0 ? end : lastEnd + PEM_DASHES.length();
  }

  private static int indexOf(byte[] body, int from, int end, String ascii) {
    for (int at = from; at <= end - ascii.length(); at++) {
      if (Shape.begins(body, at, end, ascii)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean[] begins() {
    boolean[] begins = new boolean[256];
    FIRST.chars().forEach(first -> begins[first] = true);
    return begins;
  }
}
