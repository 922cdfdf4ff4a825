// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.users;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The worst window of every length: many short outages pull the curve down at its left end only,
 * one long outage does so up to its own length.
 */
final class UptimeCurve {

  private final long firstMinute;
  private final long[] upMillis;
  private final long[] allMillis;

  /** Sums up to the end of each minute; a minute that is not listed has nothing. */
  UptimeCurve(long firstMinute, int minutes, List<UserMinute> listed) {
    this.firstMinute = firstMinute;
    this.upMillis = new long[minutes + 1];
    this.allMillis = new long[minutes + 1];
    for (UserMinute each : listed) {
      int i = Math.toIntExact(each.minute() - firstMinute) + 1;
      upMillis[i] = each.upMillis();
      allMillis[i] = Math.addExact(each.upMillis(), each.downMillis());
    }
    for (int i = 1; i <= minutes; i++) {
      upMillis[i] = Math.addExact(upMillis[i], upMillis[i - 1]);
      allMillis[i] = Math.addExact(allMillis[i], allMillis[i - 1]);
    }
  }

  /**
   * @param fromMinute minutes since 1970
   */
  record Window(long fromMinute, int minutes, long upMillis, long allMillis) {

    boolean worseThan(Window other) {
      return product(upMillis, other.allMillis).compareTo(product(other.upMillis, allMillis)) < 0;
    }

    private static BigInteger product(long a, long b) {
      return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }
  }

  /**
   * The worst windows of 1, 2, 4 ... minutes and of the whole time, the first of equals; lengths in
   * which nobody was there are left out.
   */
  List<Window> worst() {
    List<Window> curve = new ArrayList<>();
    int minutes = upMillis.length - 1;
    for (int length = 1; length < minutes; length *= 2) {
      worst(length).ifPresent(curve::add);
    }
    worst(minutes).ifPresent(curve::add);
    return curve;
  }

  private Optional<Window> worst(int minutes) {
    Window worst = null;
    for (int i = 0; i + minutes < upMillis.length; i++) {
      Window window =
          new Window(
              firstMinute + i,
              minutes,
              upMillis[i + minutes] - upMillis[i],
              allMillis[i + minutes] - allMillis[i]);
      if (window.allMillis() > 0 && (worst == null || window.worseThan(worst))) {
        worst = window;
      }
    }
    return Optional.ofNullable(worst);
  }
}
