// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the role api that back-fills new lines, on a thread of its own. */
public final class Backfilling implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Backfilling.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final BackfillRun run;
  private final Predicate<RuntimeException> passing;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile String trouble = "";

  /**
   * @param passing tells the failures of a store that is away: they are waited out; by any other
   *     the back-fill is set aside
   */
  public Backfilling(BackfillRun run, Predicate<RuntimeException> passing) {
    this.run = run;
    this.passing = passing;
    this.thread = Thread.ofVirtual().name("back-fill").unstarted(this::loop);
  }

  public void start() {
    thread.start();
  }

  /** Empty while it works. */
  public Optional<String> check() {
    return thread.isAlive() || closing.getCount() == 0
        ? Optional.empty()
        : Optional.of("back-fills have ended");
  }

  /** What it waits for. */
  public Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  private void loop() {
    Duration pause = Duration.ZERO;
    Optional<String> failed = Optional.empty();
    while (!closedWithin(pause)) {
      try {
        failed.ifPresent(run::setAside);
        failed = Optional.empty();
        pause = run.step() ? Duration.ZERO : LOOK;
        trouble = "";
      } catch (RuntimeException e) {
        if (!passing.test(e)) {
          LOG.error("a back-fill failed and is set aside", e);
          failed = Optional.of(String.valueOf(e.getMessage()));
        }
        trouble = "back-fills wait: " + e.getMessage();
        pause = AGAIN;
      }
    }
  }

  private boolean closedWithin(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
