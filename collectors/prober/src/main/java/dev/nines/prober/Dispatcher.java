// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import dev.nines.prober.ProberMetrics.Skip;
import dev.nines.prober.Timetable.Due;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Starts what is due, if the prober can: no route meets itself, and no more run at a time than
 * there are slots. What it cannot start is counted as skipped, and is no failure of the target.
 */
final class Dispatcher {

  private final Timetable timetable;
  private final Semaphore slots;
  private final Executor threads;
  private final Consumer<Route> runner;
  private final ProberMetrics metrics;
  private final Set<Route> running = ConcurrentHashMap.newKeySet();

  /**
   * @param slots runs at a time
   * @param threads has one for each slot
   * @param runner returns when the run has ended
   */
  Dispatcher(
      Timetable timetable,
      int slots,
      Executor threads,
      Consumer<Route> runner,
      ProberMetrics metrics) {
    this.timetable = timetable;
    this.slots = new Semaphore(slots);
    this.threads = threads;
    this.runner = runner;
    this.metrics = metrics;
  }

  /**
   * @return when the next one is due
   */
  long dispatch(long nanos) {
    for (Due due : timetable.due(nanos)) {
      if (due.missed() > 0) {
        metrics.skipped(due.route().kind(), Skip.LATE, due.missed());
      }
      start(due.route());
    }
    return timetable.next();
  }

  private void start(Route route) {
    if (!running.add(route)) {
      metrics.skipped(route.kind(), Skip.OVERLAP, 1);
    } else if (!slots.tryAcquire()) {
      running.remove(route);
      metrics.skipped(route.kind(), Skip.BUSY, 1);
    } else {
      threads.execute(() -> run(route));
    }
  }

  private void run(Route route) {
    try {
      runner.accept(route);
    } finally {
      running.remove(route);
      slots.release();
    }
  }
}
