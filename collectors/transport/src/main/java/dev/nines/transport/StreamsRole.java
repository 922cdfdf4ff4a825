// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Life cycle of one Streams application: a supervisor thread prepares, starts, and starts again
 * after a failure with a back-off of 1 s to 30 s. A transient error replaces the stream thread; any
 * other one stops the application, shows in {@link #check}, and is tried again.
 */
public final class StreamsRole implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsRole.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final StreamsSettings settings;
  private final RocksMemory memory;
  private final Runnable preparation;
  private final Supplier<Topology> topology;
  private final Counter failures;
  private final StateWatch state;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Check check = new Check.Closed();
  private @Nullable Thread supervisor;
  private volatile Duration pause = FIRST_PAUSE;

  /**
   * @param preparation runs before each start: topics, tables to read; throws when it can't
   * @param topology built anew for each start
   */
  public StreamsRole(
      StreamsSettings settings,
      RocksMemory memory,
      Runnable preparation,
      Supplier<Topology> topology,
      CollectorRegistry registry) {
    this.settings = settings;
    this.memory = memory;
    this.preparation = preparation;
    this.topology = topology;
    this.failures =
        Counter.build()
            .name(settings.application().replace('-', '_') + "_streams_failures_total")
            .help("Uncaught errors of stream threads, by what was done")
            .labelNames("answer")
            .register(registry);
    failures.labels("replaced");
    failures.labels("stopped");
    state = new StateWatch(settings, registry);
  }

  /** Returns at once; {@link #check} says when it runs. */
  public void start() {
    check = new Check.Starting("preparing");
    supervisor = Thread.ofVirtual().name("streams-" + settings.application()).start(this::run);
  }

  public Check check() {
    return check;
  }

  /** What of the application's state is in this process; empty while that is not known. */
  public Optional<HeldState> held() {
    return state.held();
  }

  @Override
  public void close() {
    closing.countDown();
    if (supervisor != null) {
      join(supervisor, CLOSE_TIMEOUT.multipliedBy(2));
    }
    check = new Check.Closed();
  }

  static void join(Thread thread, Duration timeout) {
    try {
      if (!thread.join(timeout)) {
        LOG.warn("{} still runs after {}", thread.getName(), timeout);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try {
        preparation.run();
        runOnce();
        pauseAfterFailure();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        fail(e);
        waitQuietly(pause);
        grow();
      }
    }
  }

  private void runOnce() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    KafkaStreams streams = new KafkaStreams(topology.get(), settings.properties(memory));
    streams.setUncaughtExceptionHandler(this::answer);
    streams.setStateListener((now, before) -> observe(now, ended));
    streams.setGlobalStateRestoreListener(state);
    Thread waiter = Thread.ofVirtual().start(() -> releaseOnClose(ended));
    Thread watcher = Thread.ofVirtual().start(() -> state.follow(streams, ended));
    try {
      streams.start();
      ended.await();
    } finally {
      waiter.interrupt();
      watcher.interrupt();
      streams.close(CLOSE_TIMEOUT);
    }
  }

  private void releaseOnClose(CountDownLatch ended) {
    try {
      closing.await();
      ended.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void observe(KafkaStreams.State now, CountDownLatch ended) {
    switch (now) {
      case RUNNING -> {
        check = new Check.Running();
        pause = FIRST_PAUSE;
      }
      case CREATED, REBALANCING -> check = new Check.Starting("joining or restoring");
      case PENDING_ERROR, PENDING_SHUTDOWN -> LOG.debug("{}: {}", settings.application(), now);
      case ERROR, NOT_RUNNING -> ended.countDown();
    }
  }

  private StreamThreadExceptionResponse answer(Throwable error) {
    boolean again = transientError(error);
    failures.labels(again ? "replaced" : "stopped").inc();
    if (again) {
      LOG.warn("{}: stream thread replaced", settings.application(), error);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    fail(error);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static boolean transientError(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  private void fail(Throwable error) {
    LOG.error("{} stopped; tried again in {}", settings.application(), pause, error);
    check = new Check.Failed(error.toString());
  }

  private void pauseAfterFailure() throws InterruptedException {
    if (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      grow();
    }
  }

  private void waitQuietly(Duration time) {
    try {
      closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void grow() {
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }
}
