// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads parameters of requests; a refusal begins with the name of the parameter. */
public final class Parameters {

  private Parameters() {}

  /**
   * @throws IllegalArgumentException when it is no RFC 3339 time
   */
  public static Instant time(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(name + ": an RFC 3339 time, not '" + text + "'", e);
    }
  }

  /**
   * A time held to [1970, now]: nothing was known before, and nothing is behind; now when absent.
   *
   * @throws IllegalArgumentException when it is no RFC 3339 time
   */
  public static Instant past(String name, @Nullable String text, Instant now) {
    Instant time = text == null ? now : time(name, text);
    return time.isAfter(now) ? now : time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
  }

  /**
   * @throws IllegalArgumentException when it is no whole number from {@code least} to {@code most}
   */
  public static long number(String name, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": a whole number, not '" + text + "'", e);
    }
    throw new IllegalArgumentException("%s: %d to %d, not %s".formatted(name, least, most, text));
  }
}
