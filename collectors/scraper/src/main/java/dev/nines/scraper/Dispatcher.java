// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import dev.nines.scraper.ScraperMetrics.Skip;
import dev.nines.scraper.Timetable.Due;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Starts what is due, if the scraper can: no target meets itself, and no more are scraped at a time
 * than there are slots. What it cannot start is counted as skipped, and is no failure of the
 * target.
 */
final class Dispatcher {

  private final Timetable timetable;
  private final Semaphore slots;
  private final Executor threads;
  private final Consumer<TargetState> scrape;
  private final ScraperMetrics metrics;
  private final Set<TargetState> running = ConcurrentHashMap.newKeySet();

  /**
   * @param slots scrapes at a time
   * @param threads has one for each slot
   * @param scrape returns when it has ended
   */
  Dispatcher(
      Timetable timetable,
      int slots,
      Executor threads,
      Consumer<TargetState> scrape,
      ScraperMetrics metrics) {
    this.timetable = timetable;
    this.slots = new Semaphore(slots);
    this.threads = threads;
    this.scrape = scrape;
    this.metrics = metrics;
  }

  /**
   * @return when the next one is due
   */
  long dispatch(long nanos) {
    for (Due due : timetable.due(nanos)) {
      metrics.skipped(Skip.LATE, due.missed());
      start(due.target());
    }
    return timetable.next();
  }

  private void start(TargetState target) {
    if (!running.add(target)) {
      metrics.skipped(Skip.OVERLAP, 1);
    } else if (!slots.tryAcquire()) {
      running.remove(target);
      metrics.skipped(Skip.BUSY, 1);
    } else {
      threads.execute(() -> run(target));
    }
  }

  private void run(TargetState target) {
    try {
      scrape.accept(target);
    } finally {
      running.remove(target);
      slots.release();
    }
  }
}
