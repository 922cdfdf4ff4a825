// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import dev.nines.scraper.ScraperMetrics.Skip;
import dev.nines.scraper.definition.Target;
import dev.nines.scraper.exposition.Exposition;
import dev.nines.scraper.exposition.Malformed;
import dev.nines.scraper.fetch.ByteBudget;
import dev.nines.scraper.fetch.Fetcher;
import dev.nines.scraper.fetch.Reason;
import dev.nines.scraper.fetch.Scraped;
import dev.nines.scraper.otlp.BeyondLimit;
import dev.nines.scraper.otlp.Known;
import dev.nines.scraper.otlp.Translation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One scrape: ask within the deadline, translate, deliver, remember. */
final class Scrape {

  private static final Logger LOG = LoggerFactory.getLogger(Scrape.class);

  /** Ends that are told at a time: a file may take all targets with it. */
  private static final int ENDS_MAX = 8;

  private final Semaphore ends = new Semaphore(ENDS_MAX);
  private final Fetcher fetcher;
  private final Courier courier;
  private final ByteBudget bodies;
  private final ScraperMetrics metrics;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  Scrape(
      Fetcher fetcher,
      Courier courier,
      ByteBudget bodies,
      ScraperMetrics metrics,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.fetcher = fetcher;
    this.courier = courier;
    this.bodies = bodies;
    this.metrics = metrics;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Returns when nothing of it is left. */
  void run(TargetState state) {
    state.turn().lock();
    try (ByteBudget.Reservation room = bodies.reserve()) {
      run(state, room);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The scraper closes.
    } catch (ExecutionException | RuntimeException e) {
      LOG.error("{} cannot be scraped", state.target(), e);
      metrics.skipped(Skip.DEFECT, 1);
    } finally {
      state.turn().unlock();
    }
  }

  /**
   * Tells the end of all that a target had; it is scraped no more.
   *
   * @param at when it went: told late, it is no end of what came since
   */
  void end(TargetState state, Instant at) {
    state.turn().lock();
    try {
      ends.acquire();
      try {
        deliverEnd(state, at);
      } finally {
        ends.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state.remember(Known.NOTHING);
      state.turn().unlock();
    }
  }

  private void deliverEnd(TargetState state, Instant at) throws InterruptedException {
    if (!state.known().series().isEmpty()) {
      Translation end = new Translation(state.target(), at, state.known());
      end.end();
      long until = nanoTime.getAsLong() + state.target().job().interval().toNanos();
      courier.deliver(end.toBytes(), until);
    }
  }

  private void run(TargetState state, ByteBudget.Reservation room)
      throws InterruptedException, ExecutionException {
    Instant at = clock.instant();
    long begin = nanoTime.getAsLong();
    Scraped scraped = state.isOverLimit() ? overLimit(state.target()) : fetch(state.target(), room);
    Duration length = Duration.ofNanos(nanoTime.getAsLong() - begin);
    metrics.took(length);
    Optional<Translation> told = translation(state, at, length, scraped);
    if (told.isEmpty() || !state.grow(told.get().known())) {
      metrics.skipped(Skip.MEMORY, 1);
      return;
    }
    byte[] request = told.get().toBytes();
    if (!room.resize(Math.max(room.bytes(), request.length))) {
      metrics.skipped(Skip.MEMORY, 1);
      return;
    }
    long until = begin + state.target().job().interval().toNanos();
    if (courier.deliver(request, until)) {
      state.remember(told.get().known());
    }
  }

  private static Scraped overLimit(Target target) {
    int most = target.job().limits().targets();
    return new Scraped.Failed(
        Reason.TARGET_LIMIT, "target_limit: its job has more than " + most + " targets");
  }

  private Scraped fetch(Target target, ByteBudget.Reservation room)
      throws InterruptedException, ExecutionException {
    FutureTask<Scraped> task = new FutureTask<>(() -> fetcher.fetch(target, room));
    Thread worker = Thread.ofVirtual().name("scrape-" + target.job().name()).start(task);
    Duration timeout = target.job().timeout();
    try {
      return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Scraped.Failed(
          Reason.TIMEOUT, "not all was there in " + timeout.toMillis() + " ms");
    } finally {
      worker.interrupt();
      worker.join(); // It holds the room.
    }
  }

  /** Empty when nothing can be told, for want of room. */
  private Optional<Translation> translation(
      TargetState state, Instant at, Duration length, Scraped scraped) {
    return switch (scraped) {
      case Scraped.NoRoom _ -> Optional.empty();
      case Scraped.Failed failed -> Optional.of(down(state, at, length, failed));
      case Scraped.Good(Exposition.Read read) -> {
        try {
          yield Optional.of(up(state, at, length, read));
        } catch (BeyondLimit e) {
          Scraped.Failed failed =
              new Scraped.Failed(Reason.LABEL_LIMIT, String.valueOf(e.getMessage()));
          yield Optional.of(down(state, at, length, failed));
        } catch (Malformed e) {
          Scraped.Failed failed = new Scraped.Failed(Reason.MALFORMED, e.toString());
          yield Optional.of(down(state, at, length, failed));
        }
      }
    };
  }

  private Translation up(TargetState state, Instant at, Duration length, Exposition.Read read) {
    Translation told = new Translation(state.target(), at, state.known());
    told.add(read.families());
    told.report(new Translation.Report(true, length, read.samples()));
    state.up();
    metrics.up(read.samples());
    metrics.rejected(told.rejected());
    return told;
  }

  private Translation down(TargetState state, Instant at, Duration length, Scraped.Failed failed) {
    Translation told = new Translation(state.target(), at, state.known());
    told.report(new Translation.Report(false, length, 0));
    state.down(failed.reason(), failed.why());
    metrics.down(failed.reason());
    return told;
  }
}
