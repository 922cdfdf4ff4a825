// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large an expression may become, before it is compiled: repetitions within repetitions
 * multiply, and {@code ((a{1000}){1000}){1000}} does not fit into any memory.
 */
final class RegexSize {

  /** Enough for any program of {@link AnchoredRegex#PROGRAM_MAX}, quick to compile. */
  static final long MAX = 20_000;

  private static final Pattern COUNTED = Pattern.compile("\\{([0-9]{1,4})(?:,([0-9]{0,4}))?\\}");

  private final String text;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long sum;
  private long last;
  private int at;

  private RegexSize(String text) {
    this.text = text;
  }

  /** About the number of instructions, never far below; any number above {@link #MAX} for more. */
  static long of(String text) {
    return new RegexSize(text).size();
  }

  private long size() {
    Matcher counted = COUNTED.matcher(text);
    while (at < text.length() && sum <= MAX) {
      char c = text.charAt(at);
      if (c == '{' && counted.region(at, text.length()).lookingAt()) {
        String most = counted.group(2);
        long times =
            Math.max(number(counted.group(1)), most == null || most.isEmpty() ? 1 : number(most));
        sum += last * Math.max(0, times - 1);
        last *= Math.max(1, times);
        at = counted.end();
      } else {
        step(c);
      }
    }
    return sum + outer.stream().mapToLong(Long::longValue).sum();
  }

  private void step(char c) {
    switch (c) {
      case '(' -> {
        outer.push(sum);
        sum = 2;
        at++;
      }
      case ')' -> {
        long inside = sum;
        sum = (outer.isEmpty() ? 0 : outer.pop()) + inside;
        last = inside;
        at++;
      }
      case '[' -> atom(endOfClass());
      case '\\' -> escape();
      default -> atom(at + 1);
    }
  }

  private void escape() {
    if (!text.startsWith("\\Q", at)) {
      atom(Math.min(at + 2, text.length()));
      return;
    }
    int end = text.indexOf("\\E", at);
    int stop = end < 0 ? text.length() : end + 2;
    last = 1;
    sum += stop - at;
    at = stop;
  }

  private void atom(int end) {
    last = 2;
    sum += last;
    at = end;
  }

  /** A bracket that closes stands for itself as the first; a backslash hides the next. */
  private int endOfClass() {
    int i = at + (text.startsWith("[^", at) ? 2 : 1);
    i += text.startsWith("]", i) ? 1 : 0;
    while (i < text.length() && text.charAt(i) != ']') {
      if (text.startsWith("[:", i) && text.indexOf(":]", i) > 0) {
        i = text.indexOf(":]", i) + 2;
      } else {
        i += text.charAt(i) == '\\' ? 2 : 1;
      }
    }
    return Math.min(i + 1, text.length());
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }
}
