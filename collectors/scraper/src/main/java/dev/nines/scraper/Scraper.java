// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import dev.nines.scraper.definition.FileTargets;
import dev.nines.scraper.definition.Job;
import dev.nines.scraper.definition.Target;
import dev.nines.scraper.fetch.ByteBudget;
import dev.nines.scraper.fetch.Fetcher;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes the targets of its jobs, each at its place in its interval, and delivers what it finds.
 */
public final class Scraper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Scraper.class);

  /** Beyond these, none is scraped: memory for series and slots are for about as many. */
  private static final int TARGETS_MAX = 2_000;

  private static final long BEAT_NANOS = Duration.ofMillis(100).toNanos();
  private static final Duration CLOSE = Duration.ofSeconds(3);

  private final ScraperConfig config;
  private final FileTargets files;
  private final ScraperMetrics metrics;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final ByteBudget bodies;
  private final ByteBudget series;
  private final Fetcher fetcher = new Fetcher();
  private final Courier courier;
  private final Scrape scrape;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("scraping-", 0).factory());
  private volatile boolean closed;
  private volatile @Nullable String failure;
  private volatile @Nullable String fileTrouble;
  private @Nullable Thread loop;
  private Set<Target> scraped = Set.of();

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public Scraper(
      ScraperConfig config,
      Delivery delivery,
      CollectorRegistry registry,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.config = config;
    this.clock = clock;
    this.nanoTime = nanoTime;
    files = new FileTargets(config.jobs());
    metrics = new ScraperMetrics(registry);
    bodies = new ByteBudget(config.bodyBytes());
    series = new ByteBudget(config.seriesBytes());
    courier = new Courier(delivery, Scraper::pause, nanoTime, metrics);
    scrape = new Scrape(fetcher, courier, bodies, metrics, clock, nanoTime);
  }

  public void start() {
    loop = Thread.ofVirtual().name("scrapes").start(this::loop);
  }

  /** Empty while targets are scraped. */
  public Optional<String> check() {
    return Optional.ofNullable(failure).map(reason -> "failed: " + reason);
  }

  /** Mistakes in files of targets, or what keeps the collector from taking what is scraped. */
  public Optional<String> trouble() {
    return Optional.ofNullable(fileTrouble).or(courier::trouble);
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(length.toNanos());
  }

  private void loop() {
    try {
      Timetable timetable = new Timetable(config.region(), series);
      Dispatcher dispatcher =
          new Dispatcher(timetable, config.concurrency(), threads, scrape::run, metrics);
      long nextLook = nanoTime.getAsLong();
      while (!closed) {
        long now = nanoTime.getAsLong();
        if (now - nextLook >= 0) {
          look(timetable, now);
          nextLook = now + FileTargets.LOOK.toNanos();
        }
        long next = dispatcher.dispatch(now);
        LockSupport.parkNanos(Math.clamp(next - nanoTime.getAsLong(), 0, BEAT_NANOS));
      }
    } catch (RuntimeException e) {
      LOG.error("scrapes stop", e);
      failure = e.toString();
    }
  }

  private void look(Timetable timetable, long now) {
    Set<Target> targets = bounded(files.look());
    if (!targets.equals(scraped)) {
      LOG.info("{} targets of {} jobs", targets.size(), config.jobs().size());
      Instant at = clock.instant();
      timetable
          .change(targets, at, now)
          .forEach(gone -> threads.execute(() -> scrape.end(gone, at)));
      scraped = targets;
    }
    fileTrouble = files.trouble().orElse(null);
    metrics.brokenFiles(files.broken());
    observe(timetable);
  }

  private Set<Target> bounded(Set<Target> targets) {
    metrics.leftOut(Math.max(0, targets.size() - TARGETS_MAX));
    if (targets.size() <= TARGETS_MAX) {
      return targets;
    }
    Set<Target> first = new LinkedHashSet<>();
    targets.stream().limit(TARGETS_MAX).forEach(first::add);
    return first;
  }

  private void observe(Timetable timetable) {
    Map<TargetState.Health, Long> healths = new HashMap<>();
    Map<Job, Integer> sizes = new HashMap<>();
    for (TargetState state : timetable.states()) {
      healths.merge(state.health(), 1L, Long::sum);
      sizes.merge(state.target().job(), 1, Integer::sum);
    }
    for (TargetState state : timetable.states()) {
      Job job = state.target().job();
      state.overLimit(sizes.getOrDefault(job, 0) > job.limits().targets());
    }
    for (TargetState.Health health : TargetState.Health.values()) {
      metrics.targets(health, healths.getOrDefault(health, 0L));
    }
    metrics.held(bodies, series);
  }

  /** Ends what runs; what is scraped has not ended, another life of the collector goes on. */
  @Override
  public void close() {
    closed = true;
    try {
      if (loop != null) {
        loop.join();
      }
      threads.shutdown();
      if (!threads.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    fetcher.close();
  }
}
