// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import dev.nines.scraper.ScraperMetrics.Fate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what a scrape tells, again and again until its time is over. The bytes stay the same, so
 * that the platform knows a repeat.
 */
final class Courier {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Delivery delivery;
  private final Pause pause;
  private final LongSupplier nanoTime;
  private final ScraperMetrics metrics;
  private volatile @Nullable String trouble;

  /** Waits; a test moves its clock instead. */
  @FunctionalInterface
  interface Pause {
    void of(Duration length) throws InterruptedException;
  }

  Courier(Delivery delivery, Pause pause, LongSupplier nanoTime, ScraperMetrics metrics) {
    this.delivery = delivery;
    this.pause = pause;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
  }

  /** What keeps the collector from taking what is scraped. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * @param untilNanos when the next scrape is due, and this one is dropped
   * @return whether it is stored
   */
  boolean deliver(byte[] request, long untilNanos) throws InterruptedException {
    while (true) {
      Delivery.Answer answer = delivery.deliver(request);
      if (answer instanceof Delivery.Answer.Refused(boolean retryable, String why)) {
        long left = untilNanos - nanoTime.getAsLong();
        if (retryable && left > 0) {
          metrics.retried();
          pause.of(Duration.ofNanos(Math.min(left, AGAIN.toNanos())));
        } else {
          lost(retryable ? Fate.DROPPED : Fate.REFUSED, why);
          return false;
        }
      } else if (answer instanceof Delivery.Answer.Stored(long rejected, String message)) {
        stored(rejected, message);
        return true;
      }
    }
  }

  private void lost(Fate fate, String why) {
    metrics.delivered(fate);
    if (trouble == null) {
      LOG.warn("what is scraped is not kept: {}", why);
    }
    trouble = why;
  }

  private void stored(long rejected, String message) {
    metrics.delivered(Fate.STORED);
    metrics.rejected(rejected);
    if (rejected > 0) {
      LOG.warn("{} points are not taken: {}", rejected, message);
    }
    if (trouble != null) {
      LOG.info("what is scraped is kept again");
    }
    trouble = null;
  }
}
