// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import dev.nines.shop.traffic.Region;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ended spans of a region on their way to its collector, one batch at a time, as the SDK's own
 * batch processor does; and the log of every step. The shop's one thread ends spans and ticks; the
 * exporter's threads only leave an answer.
 *
 * <p>Bounds: 65,536 spans queued, newer ones are dropped and counted; 512 spans a batch; 8 batches
 * waiting to be sent again, further ones are not chosen.
 */
public final class Outbox implements SpanProcessor {

  public static final int QUEUE_SPANS = 65_536;
  public static final int BATCH_SPANS = 512;
  private static final int RESENDS = 8;

  /** A client that lost its answer asks again after a pause. */
  private static final Duration RESEND_PAUSE = Duration.ofMillis(700);

  private final Region region;
  private final SpanExporter exporter;
  private final TruthLog log;
  private final Duration scheduleDelay;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Runnable wake;

  private final Queue<SpanData> queue = new ArrayDeque<>();
  private final Queue<Resend> resends = new ArrayDeque<>();
  private final Counts counts = new Counts();
  private @Nullable Flight<Batch> flight;
  private Instant lastHandOver = Instant.EPOCH;
  private long batches;

  private record Resend(Batch batch, Instant due) {}

  /**
   * @param scheduleDelay how long a batch that isn't full waits for more
   * @param wake called by the exporter's thread when an answer is there
   */
  public Outbox(
      Region region,
      SpanExporter exporter,
      TruthLog log,
      Duration scheduleDelay,
      RandomGenerator random,
      InstantSource clock,
      Runnable wake) {
    this.region = region;
    this.exporter = exporter;
    this.log = log;
    this.scheduleDelay = scheduleDelay;
    this.random = random;
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    counts.add(Count.CREATED_SPANS, 1);
    if (queue.size() == QUEUE_SPANS) {
      counts.add(Count.DROPPED_QUEUE_FULL, 1);
    } else {
      queue.add(span.toSpanData());
    }
  }

  /** Takes in the answer that is there, then hands over the next batch if one is due. */
  public void tick(Instant now, Orders orders) {
    land(now, orders);
    if (flight != null || orders.hold()) {
      return;
    }
    Resend resend = resends.peek();
    if (resend != null && (orders.flush() || !now.isBefore(resend.due()))) {
      resends.remove();
      handOver(resend.batch(), true);
    } else if (due(now, orders)) {
      handOver(Batch.of(region, batches++, take()), false);
      lastHandOver = now;
    }
  }

  private void land(Instant now, Orders orders) {
    Flight<Batch> landed = flight;
    Flight.Answer answer = landed == null ? null : landed.answer();
    if (landed == null || answer == null) {
      return;
    }
    flight = null;
    record(landed, answer);
    boolean chosen = !landed.again() && answer.failure() == null && resends.size() < RESENDS;
    if (chosen && random.nextDouble() < orders.resendShare()) {
      resends.add(new Resend(landed.batch(), now.plus(RESEND_PAUSE)));
    }
  }

  private void record(Flight<Batch> landed, Flight.Answer answer) {
    boolean ok = answer.failure() == null;
    BatchLine.Event event;
    if (landed.again()) {
      event = ok ? BatchLine.Event.RESEND_ACKNOWLEDGED : BatchLine.Event.RESEND_UNKNOWN;
      counts.add(ok ? Count.RESENDS_ACKNOWLEDGED : Count.RESENDS_UNKNOWN, 1);
    } else {
      event = ok ? BatchLine.Event.ACKNOWLEDGED : BatchLine.Event.UNKNOWN;
      counts.add(ok ? Count.ACKNOWLEDGED_BATCHES : Count.UNKNOWN_BATCHES, 1);
      counts.add(
          ok ? Count.ACKNOWLEDGED_SPANS : Count.UNKNOWN_SPANS, landed.batch().spans().size());
    }
    log.write(BatchLine.of(event, landed.batch(), answer.atNanos(), answer.failure()));
  }

  private boolean due(Instant now, Orders orders) {
    boolean waited = !now.isBefore(lastHandOver.plus(scheduleDelay));
    return queue.size() >= BATCH_SPANS || (!queue.isEmpty() && (waited || orders.flush()));
  }

  private List<SpanData> take() {
    List<SpanData> taken = new ArrayList<>(Math.min(BATCH_SPANS, queue.size()));
    while (taken.size() < BATCH_SPANS && !queue.isEmpty()) {
      taken.add(queue.remove());
    }
    return taken;
  }

  private void handOver(Batch batch, boolean again) {
    long nowNanos = Nanos.of(clock.instant());
    if (again) {
      counts.add(Count.RESENT_BATCHES, 1);
      log.write(BatchLine.of(BatchLine.Event.RESENT, batch, nowNanos, null));
    } else {
      counts.add(Count.SENT_BATCHES, 1);
      counts.add(Count.SENT_SPANS, batch.spans().size());
      log.sent(batch, nowNanos);
    }
    flight = new Flight<>(batch, again, nowNanos);
    flight.follow(exporter.export(batch.spans()), clock, wake);
  }

  /** Whether everything left and was answered. */
  public boolean drained() {
    return queue.isEmpty() && flight == null && resends.isEmpty();
  }

  /** Leaves now: what is in flight stays unknown, what is queued was never sent. */
  public void abandon(Instant now) {
    tick(now, new Orders(true, false, 0));
    Flight<Batch> lost = flight;
    if (lost != null) {
      record(lost, new Flight.Answer(Nanos.of(now), "no answer before the shop left"));
      flight = null;
    }
    counts.add(Count.DROPPED_AT_EXIT, queue.size());
    queue.clear();
    resends.clear();
    exporter.shutdown().join(1, TimeUnit.SECONDS);
  }

  public Counts counts() {
    return counts;
  }

  public int queuedSpans() {
    return queue.size();
  }

  /** Spans handed over for the first time and not yet answered. */
  public int spansInFlight() {
    Flight<Batch> current = flight;
    return current == null || current.again() ? 0 : current.batch().spans().size();
  }

  /** How long the batch in flight has been waiting for its answer; zero without one. */
  public Duration waiting(Instant now) {
    Flight<Batch> current = flight;
    return current == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, Nanos.of(now) - current.sentNanos()));
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }
}
