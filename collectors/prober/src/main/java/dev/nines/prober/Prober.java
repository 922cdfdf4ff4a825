// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import dev.nines.prober.check.Callers;
import dev.nines.prober.definition.Probe;
import dev.nines.prober.export.CollectorClient;
import dev.nines.prober.export.SpanBuffer;
import dev.nines.prober.export.SpanSender;
import io.prometheus.client.CollectorRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every probe against each of its targets from one region, and sends a span of each run to the
 * region's collector.
 */
public final class Prober implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
  private static final int BATCH_SPANS_MAX = 512;
  private static final long BEAT_NANOS = Duration.ofMillis(100).toNanos();
  private static final Duration CLOSE_RESERVE = Duration.ofSeconds(1);

  private final ProberConfig config;
  private final List<Route> routes;
  private final ProberMetrics metrics;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Callers callers;
  private final SpanSender sender;
  private final Pulse pulse;
  private final Runner runner;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closed;
  private volatile @Nullable String failure;
  private @Nullable Thread loop;

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @throws IllegalArgumentException when certificates cannot be read
   */
  public Prober(
      ProberConfig config,
      List<Probe> probes,
      CollectorRegistry registry,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.config = config;
    this.clock = clock;
    this.nanoTime = nanoTime;
    routes =
        probes.stream()
            .flatMap(probe -> probe.targets().stream().map(target -> new Route(probe, target)))
            .toList();
    metrics = new ProberMetrics(registry);
    metrics.routes(routes.size());
    callers = new Callers(probes, config.bodyBytesMax(), clock);
    SpanEncoder encoder = new SpanEncoder(config.region(), config.instance());
    SpanBuffer buffer =
        new SpanBuffer(config.bufferBytes(), BATCH_SPANS_MAX, encoder::request, metrics);
    sender =
        new SpanSender(
            buffer,
            new CollectorClient(config.collector(), config.token()),
            metrics,
            clock,
            nanoTime,
            config.lastWords());
    pulse = new Pulse(nanoTime.getAsLong());
    runner =
        new Runner(
            callers, encoder, buffer::add, pulse, metrics, clock, nanoTime, new SecureRandom());
  }

  public void start() {
    sender.start();
    loop = Thread.ofVirtual().name("probes").start(this::loop);
    LOG.info("{} probes from region {}", routes.size(), config.region());
  }

  /** Empty while probes run. */
  public Optional<String> check() {
    return Optional.ofNullable(failure).map(reason -> "failed: " + reason).or(sender::check);
  }

  /** What keeps the collector from taking spans; they wait, and probes go on. */
  public Optional<String> trouble() {
    return sender.trouble();
  }

  private void loop() {
    try {
      long begin = nanoTime.getAsLong();
      Timetable timetable = new Timetable(routes, config.region(), clock.instant());
      Dispatcher dispatcher =
          new Dispatcher(timetable, config.concurrency(), threads, runner::run, metrics);
      while (!closed) {
        long next = dispatcher.dispatch(nanoTime.getAsLong() - begin);
        long now = nanoTime.getAsLong();
        long pause = Math.clamp(next - (now - begin), 0, BEAT_NANOS);
        pulse.beat(now, now + pause);
        LockSupport.parkNanos(pause);
      }
    } catch (RuntimeException e) {
      LOG.error("probes stop", e);
      failure = e.toString();
    }
  }

  /** Lets the runs end, each within its deadline, and sends their spans. */
  @Override
  public void close() {
    closed = true;
    try {
      if (loop != null) {
        loop.join();
      }
      threads.shutdown();
      if (!threads.awaitTermination(longestRun().toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    sender.close();
    callers.close();
  }

  private Duration longestRun() {
    return routes.stream()
        .map(route -> route.probe().timeout())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO)
        .plus(CLOSE_RESERVE);
  }
}
