// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import dev.nines.prober.ProberMetrics.Skip;
import dev.nines.prober.check.Callers;
import dev.nines.prober.check.Observation;
import dev.nines.prober.check.Phase;
import dev.nines.prober.check.Reason;
import dev.nines.prober.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: the check on a thread of its own, its deadline, and the span of what was seen. */
final class Runner {

  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  /** A deadline of which this part or more was a stall of ours is not held against the target. */
  private static final int STALLED_PART = 10;

  private final Callers callers;
  private final SpanEncoder encoder;
  private final Consumer<byte[]> spans;
  private final Pulse pulse;
  private final ProberMetrics metrics;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;

  Runner(
      Callers callers,
      SpanEncoder encoder,
      Consumer<byte[]> spans,
      Pulse pulse,
      ProberMetrics metrics,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.callers = callers;
    this.encoder = encoder;
    this.spans = spans;
    this.pulse = pulse;
    this.metrics = metrics;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /** Returns when nothing of the run is left. */
  void run(Route route) {
    TraceContext context = TraceContext.next(random);
    Observation seen = new Observation(nanoTime);
    FutureTask<Verdict> check =
        new FutureTask<>(
            () -> callers.call(route.probe(), route.target(), context.traceparent(), seen));
    Instant start = clock.instant();
    long begin = nanoTime.getAsLong();
    long stalledBefore = pulse.stalledNanos(begin);
    Thread worker = Thread.ofVirtual().name("probe-" + route.probe().name()).start(check);
    try {
      Verdict verdict = await(check, route.probe().timeout(), seen);
      seen.finish();
      long end = nanoTime.getAsLong();
      if (late(verdict) && stalled(end, stalledBefore, route)) {
        metrics.skipped(route.kind(), Skip.STALLED, 1);
      } else {
        Duration length = Duration.ofNanos(end - begin);
        spans.accept(encoder.span(route, context, start, length, verdict, seen));
        metrics.run(route.kind(), verdict, length);
      }
      worker.join();
    } catch (ExecutionException e) {
      LOG.error("probe {} cannot run", route.probe().name(), e.getCause());
      metrics.skipped(route.kind(), Skip.DEFECT, 1);
    } catch (InterruptedException e) {
      worker.interrupt(); // The prober closes, and waits no longer.
      Thread.currentThread().interrupt();
    }
  }

  private static Verdict await(FutureTask<Verdict> check, Duration timeout, Observation seen)
      throws ExecutionException, InterruptedException {
    try {
      return check.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      seen.finish();
      check.cancel(true);
      return new Verdict.Failed(
          Reason.TIMEOUT,
          "no verdict within %d ms, in phase %s"
              .formatted(timeout.toMillis(), seen.phase().map(Phase::word).orElse("start")));
    }
  }

  private static boolean late(Verdict verdict) {
    return verdict instanceof Verdict.Failed(Reason reason, String _) && reason == Reason.TIMEOUT;
  }

  private boolean stalled(long end, long stalledBefore, Route route) {
    long stalled = pulse.stalledNanos(end) - stalledBefore;
    return stalled * STALLED_PART >= route.probe().timeout().toNanos();
  }
}
