// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import java.time.Duration;

/** Doubles from 100 ms to 5 s with each failure in a row. */
final class BackOff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration wait = Duration.ZERO;

  void failed() {
    Duration doubled = wait.multipliedBy(2);
    wait = wait.isZero() ? FIRST : doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }

  void succeeded() {
    wait = Duration.ZERO;
  }

  boolean isActive() {
    return !wait.isZero();
  }

  Duration orElse(Duration usual) {
    return isActive() ? wait : usual;
  }
}
