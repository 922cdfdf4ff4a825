// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.export;

import dev.nines.prober.ProberMetrics;
import dev.nines.prober.ProberMetrics.Fate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the buffer has, one batch at a time, oldest first, until the collector has it. A batch
 * that may have arrived is given up before the collector forgets the repeats that it knows.
 */
public final class SpanSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpanSender.class);

  /** Spans that end together go together. */
  private static final Duration GATHER = Duration.ofMillis(200);

  private static final Duration BACK_OFF_FIRST = Duration.ofMillis(500);
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(15);

  /** The platform knows a repeat for 60 min after the original. */
  private static final Duration REPEAT_KNOWN = Duration.ofMinutes(50);

  private final SpanBuffer buffer;
  private final CollectorClient collector;
  private final ProberMetrics metrics;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Duration lastWords;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Trouble trouble;
  private volatile @Nullable String failure;
  private @Nullable Thread thread;
  private Duration backOff = BACK_OFF_FIRST;

  private record Trouble(String why, Instant since) {}

  /**
   * @param lastWords how long {@link #close} goes on sending
   */
  public SpanSender(
      SpanBuffer buffer,
      CollectorClient collector,
      ProberMetrics metrics,
      InstantSource clock,
      LongSupplier nanoTime,
      Duration lastWords) {
    this.buffer = buffer;
    this.collector = collector;
    this.metrics = metrics;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.lastWords = lastWords;
  }

  public void start() {
    thread = Thread.ofVirtual().name("probe-spans").start(this::loop);
  }

  /** What keeps the collector from acknowledging; empty when the last attempt went well. */
  public Optional<String> trouble() {
    Trouble now = trouble;
    return now == null
        ? Optional.empty()
        : Optional.of(
            "%s does not take spans since %s: %s; %d wait"
                .formatted(collector, now.since(), now.why(), buffer.spans()));
  }

  /** Empty while it sends, or tries to. */
  public Optional<String> check() {
    return Optional.ofNullable(failure).map(reason -> "failed: " + reason);
  }

  private void loop() {
    try {
      while (!stopping.await(GATHER.toMillis(), TimeUnit.MILLISECONDS)) {
        drain();
      }
      drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() waits no longer
    } catch (RuntimeException e) {
      LOG.error("spans of probes are not sent any more", e);
      failure = e.toString();
    }
  }

  /**
   * Until the buffer is empty; told to stop, it goes on at a steady pace until {@link #close} ends
   * it.
   */
  private void drain() throws InterruptedException {
    Batch batch = buffer.begin();
    while (batch != null) {
      Optional<Duration> pause = attempt(batch);
      if (pause.isPresent() && stopping.await(pause.get().toMillis(), TimeUnit.MILLISECONDS)) {
        LockSupport.parkNanos(GATHER.toNanos()); // An interrupt ends it, and the next attempt.
      }
      batch = buffer.begin();
    }
  }

  /** How long to wait before the next one; empty when the batch is settled. */
  private Optional<Duration> attempt(Batch batch) throws InterruptedException {
    if (batch.unknownNanos(nanoTime.getAsLong()) > REPEAT_KNOWN.toNanos()) {
      settle(Fate.EXPIRED, batch.spans());
      return Optional.empty();
    }
    Answer answer = collector.send(batch.body());
    metrics.export(answer.word());
    return switch (answer) {
      case Answer.Acknowledged(long rejected) -> {
        backOff = BACK_OFF_FIRST;
        trouble = null;
        metrics.spans(Fate.REJECTED, rejected);
        settle(Fate.ACKNOWLEDGED, batch.spans() - rejected);
        yield Optional.empty();
      }
      case Answer.Refused(String why) -> {
        trouble("refused for good with " + why);
        settle(Fate.REFUSED, batch.spans());
        yield Optional.empty();
      }
      case Answer.Later later -> {
        trouble(later.why());
        if (later.unknown()) {
          batch.sent(nanoTime.getAsLong());
        }
        buffer.keep();
        yield Optional.of(pause(later));
      }
    };
  }

  private void settle(Fate fate, long spans) {
    buffer.settle();
    metrics.spans(fate, spans);
  }

  /** Said in the log when it begins, not at each attempt. */
  private void trouble(String why) {
    Trouble before = trouble;
    if (before == null) {
      LOG.warn("{} does not take spans: {}", collector, why);
    }
    trouble = new Trouble(why, before == null ? clock.instant() : before.since());
  }

  private Duration pause(Answer.Later later) {
    Duration asked = later.after().orElse(Duration.ZERO);
    Duration wanted = asked.compareTo(backOff) > 0 ? asked : jittered(backOff);
    backOff = min(backOff.multipliedBy(2), BACK_OFF_MAX);
    return min(wanted, BACK_OFF_MAX);
  }

  /** Half to whole, so that the probers of a region do not come back together. */
  private static Duration jittered(Duration length) {
    long half = length.toMillis() / 2;
    return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Goes on for {@code lastWords} at most; what is left then is lost, and said. */
  @Override
  public void close() {
    stopping.countDown();
    Thread running = thread;
    try {
      if (running != null && !running.join(lastWords)) {
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int left = buffer.spans();
    if (left > 0) {
      LOG.warn("{} spans were not acknowledged by {} and are lost", left, collector);
      metrics.spans(Fate.LOST, left);
    }
    collector.close();
  }
}
