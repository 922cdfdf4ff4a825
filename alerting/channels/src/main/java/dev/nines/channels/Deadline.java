// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Cuts what takes too long, whatever it waits for: time-outs of single reads let a provider that
 * trickles hold a sender for ever.
 */
public final class Deadline implements AutoCloseable {

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean passed;

  private Deadline(Duration time, Runnable cut) {
    Thread.ofVirtual().name("deadline").start(() -> watch(time, cut));
  }

  /**
   * @param cut ends the work from another thread, for example by closing its socket
   */
  public static Deadline in(Duration time, Runnable cut) {
    return new Deadline(time, cut);
  }

  public boolean passed() {
    return passed;
  }

  /** The work has ended by itself. */
  @Override
  public void close() {
    done.countDown();
  }

  private void watch(Duration time, Runnable cut) {
    try {
      if (!done.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        passed = true;
        cut.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
