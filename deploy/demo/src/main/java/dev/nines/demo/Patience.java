// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for something outside this process that cannot call back. */
public final class Patience {

  private static final Duration STEP = Duration.ofMillis(250);

  private Patience() {}

  /** A condition that may fail while it is asked. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws IOException;
  }

  /** True as soon as it holds, false when the time is over. Errors on the way count as not yet. */
  public static boolean until(Duration limit, Condition condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      if (holds(condition)) {
        return true;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return false;
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (IOException e) {
      return false;
    }
  }
}
