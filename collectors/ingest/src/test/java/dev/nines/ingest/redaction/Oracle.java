// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The same rules over parsed messages, by regular expressions and the JDK's own readers: slow, and
 * written apart from what it judges.
 */
final class Oracle {

  private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

  private static final Pattern GROUPS =
      Pattern.compile("\\d{13,19}|\\d{4,}(?:[ -]\\d{3,})+|\\d{4}(?:[ -]\\d{4})*[ -]\\d{1,2}");

  private static final Pattern NETWORK =
      Pattern.compile(
          "4(?:\\d{12}|\\d{15}|\\d{18})|5[1-5]\\d{14}|3[47]\\d{13}"
              + "|(?:222[1-9]|22[3-9]\\d|2[3-6]\\d\\d|27[01]\\d|2720)\\d{12}"
              + "|220[0-4]\\d{12,15}|(?:6011|64[4-9]\\d|65\\d\\d|62\\d\\d)\\d{12,15}"
              + "|(?:30[0-5]\\d|3095|36\\d\\d|38\\d\\d|39\\d\\d)\\d{10,15}"
              + "|35(?:2[89]|[3-8]\\d)\\d{12,15}"
              + "|(?:5018|5020|5038|5893|6304|6759|676[123])\\d{9,15}");

  private static final Pattern WORD = Pattern.compile("[0-9A-Za-z]+");
  private static final Pattern DASHED = Pattern.compile("[0-9a-fA-F-]+");
  private static final Pattern ID =
      Pattern.compile(
          "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
              + "|[0-9a-fA-F]{2}-[0-9a-fA-F]{32}-[0-9a-fA-F]{16}-[0-9a-fA-F]{2}");

  private static final Pattern EMAIL =
      Pattern.compile(
          "[A-Za-z0-9._%+\\x80-\\xff-]+@(?:[A-Za-z0-9\\x80-\\xff-]+\\.)+"
              + "(?:xn--[A-Za-z0-9\\x80-\\xff-]*|[A-Za-z]{2,}|[\\x80-\\xff]{2,})");

  private static final Pattern IP4 =
      Pattern.compile(
          "(?<![A-Za-z0-9_.])(?:(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)\\.){3}"
              + "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)(?![A-Za-z0-9]|\\.\\d)");

  private static final Pattern IP6 =
      Pattern.compile("(?<![A-Za-z0-9_.:])[0-9A-Fa-f:.]+(?![A-Za-z0-9_])");

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:(?:AKIA|ASIA)[A-Za-z0-9]{16}(?![A-Za-z0-9])"
              + "|AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"
              + "|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_-]{22,}"
              + "|glpat-[A-Za-z0-9_-]{20,}|xox[abprs]-[A-Za-z0-9_-]{10,}"
              + "|[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|nines_[A-Za-z0-9_-]{20,}"
              + "|eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]*"
              + "|(?i:bearer) [A-Za-z0-9._~+/=-]{8,}"
              + "|-----BEGIN [^-]{0,40}PRIVATE KEY[^-]{0,10}-----(?s:.*?)(?:-----END [^-]*-----|\\z))");

  private final Set<Kind> kinds;

  Oracle(Set<Kind> kinds) {
    this.kinds = kinds;
  }

  private record Hit(Kind kind, int from, int to) {}

  static boolean isId(FieldDescriptor field) {
    return IDS.contains(field.getName());
  }

  /** Digits from the right, each second one doubled and its digits added. */
  static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(digits.length() - 1 - i), 10);
      sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
    }
    return sum % 10 == 0;
  }

  Message redact(Message message) {
    Message.Builder clean = message.toBuilder();
    message.getAllFields().forEach((field, value) -> redact(clean, field, value));
    return clean.build();
  }

  private void redact(Message.Builder clean, FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      List<?> all = (List<?>) value;
      for (int i = 0; i < all.size(); i++) {
        clean.setRepeatedField(field, i, redact(field, all.get(i)));
      }
    } else if (clean instanceof AnyValue.Builder any && any.hasIntValue()) {
      String digits = Long.toString(any.getIntValue());
      if (kinds.contains(Kind.CARD) && NETWORK.matcher(digits).matches() && luhn(digits)) {
        any.setStringValue("[card]");
      }
    } else {
      clean.setField(field, redact(field, value));
    }
  }

  private Object redact(FieldDescriptor field, Object value) {
    return switch (value) {
      case Message nested -> redact(nested);
      case String text -> new String(bytes(redact(latin(text))), UTF_8);
      case ByteString bytes when !isId(field) ->
          ByteString.copyFrom(bytes(redact(bytes.toString(ISO_8859_1))));
      default -> value;
    };
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(ISO_8859_1);
  }

  /** Its UTF-8 bytes as characters. */
  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  String redact(String text) {
    StringBuilder clean = new StringBuilder();
    int read = 0;
    for (Hit hit = first(text, 0); hit != null; hit = first(text, read)) {
      clean.append(text, read, hit.from).append('[').append(hit.kind.word()).append(']');
      read = hit.to;
    }
    return clean.append(text, read, text.length()).toString();
  }

  private @Nullable Hit first(String text, int from) {
    Hit first = null;
    for (Kind kind : Kind.values()) {
      Hit hit = kinds.contains(kind) ? find(kind, text, from) : null;
      if (hit != null && (first == null || hit.from < first.from)) {
        first = hit;
      }
    }
    return first;
  }

  private static @Nullable Hit find(Kind kind, String text, int from) {
    return switch (kind) {
      case CARD -> card(text, from);
      case EMAIL -> matched(kind, EMAIL, text, from);
      case IP -> earlier(ip6(text, from), matched(kind, IP4, text, from));
      case TOKEN -> matched(kind, TOKEN, text, from);
    };
  }

  private static @Nullable Hit earlier(@Nullable Hit one, @Nullable Hit other) {
    return one == null || (other != null && other.from < one.from) ? other : one;
  }

  private static @Nullable Hit matched(Kind kind, Pattern pattern, String text, int from) {
    Matcher matcher = pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    return matcher.region(from, text.length()).find()
        ? new Hit(kind, matcher.start(), matcher.end())
        : null;
  }

  private static @Nullable Hit card(String text, int from) {
    for (int start = from; start < text.length(); start++) {
      for (int end = Math.min(text.length(), start + 30); end >= start + 13; end--) {
        String digits = text.substring(start, end).replaceAll("[ -]", "");
        if (GROUPS.matcher(text.substring(start, end)).matches()
            && NETWORK.matcher(digits).matches()
            && luhn(digits)
            && !text.substring(0, start).matches("(?s).*(\\d|\\d\\.)")
            && !text.substring(end).matches("(?s)(\\d|\\.\\d).*")
            && !(digits.length() <= 15 && text.substring(0, start).endsWith("+"))
            && !inId(text, start, end)) {
          return new Hit(Kind.CARD, start, end);
        }
      }
    }
    return null;
  }

  private static boolean inId(String text, int start, int end) {
    boolean hex =
        around(WORD, text, start, end)
            .anyMatch(word -> word.group().matches("(?=([0-9]*+[a-fA-F]){3})[0-9a-fA-F]+"));
    return hex
        || around(DASHED, text, start, start + 1).anyMatch(id -> ID.matcher(id.group()).matches());
  }

  /** Matches that overlap the first or the last character of a stretch. */
  private static java.util.stream.Stream<MatchResult> around(
      Pattern pattern, String text, int start, int end) {
    return pattern
        .matcher(text)
        .results()
        .filter(
            found ->
                (found.start() <= start && start < found.end())
                    || (found.start() < end && end <= found.end()));
  }

  private static @Nullable Hit ip6(String text, int from) {
    Matcher matcher = IP6.matcher(text).useTransparentBounds(true);
    matcher.region(from, text.length());
    while (matcher.find()) {
      String literal = matcher.group().replaceAll("\\.+$", "").replaceAll("(?<!:):$", "");
      if (literal.contains(":") && literal.matches(".*\\d.*") && isIp6(literal)) {
        return new Hit(Kind.IP, matcher.start(), matcher.start() + literal.length());
      }
    }
    return null;
  }

  private static boolean isIp6(String literal) {
    try {
      return InetAddress.ofLiteral(literal) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
