// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import dev.nines.shop.delivery.BatchLine.Event;
import dev.nines.shop.delivery.Flight;
import dev.nines.shop.delivery.Nanos;
import dev.nines.shop.delivery.Orders;
import dev.nines.shop.traffic.Region;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the points of a region leave: collected every two seconds or so, one export at a time, some
 * of them sent again after their acknowledgement, byte for byte. While an export waits for its
 * answer nothing is collected: the instruments go on counting.
 *
 * <p>Used by one thread; only the exporter's answer comes from another.
 */
public final class MeterOutbox {

  private static final Duration RESEND_PAUSE = Duration.ofMillis(700);
  private static final int RESENDS = 16;
  private static final int SHORTEST_MILLIS = 1_700;
  private static final int LONGEST_MILLIS = 2_300;

  private final Region region;
  private final Meters meters;
  private final MetricExporter exporter;
  private final PointLog log;
  private final Duration every;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Runnable wake;
  private final Queue<Resend> resends = new ArrayDeque<>();
  private @Nullable Flight<Export> flight;
  private Instant lastHandOver;
  private long exports;
  private boolean lastCollected;

  private record Resend(Export export, Instant due) {}

  /**
   * @param random decides the interval and what is sent again
   * @param wake called by the exporter's thread when an answer is there
   */
  public MeterOutbox(
      Region region,
      Meters meters,
      MetricExporter exporter,
      PointLog log,
      RandomGenerator random,
      InstantSource clock,
      Runnable wake) {
    this.region = region;
    this.meters = meters;
    this.exporter = exporter;
    this.log = log;
    this.every = Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
    this.random = random;
    this.clock = clock;
    this.wake = wake;
    this.lastHandOver = clock.instant();
  }

  public Meters meters() {
    return meters;
  }

  /** Takes in the answer that is there, then hands over what is due. */
  public void tick(Instant now, Orders orders) {
    land(now, orders);
    if (flight != null || orders.hold()) {
      return;
    }
    Resend resend = resends.peek();
    if (resend != null && (orders.flush() || !now.isBefore(resend.due()))) {
      resends.remove();
      handOver(resend.export(), true);
    } else if (orders.flush() ? !lastCollected : !now.isBefore(lastHandOver.plus(every))) {
      lastCollected = orders.flush();
      lastHandOver = now;
      collect();
    }
  }

  private void collect() {
    Export export = Export.of(region, exports, meters.collect());
    if (export.points() > 0) {
      exports++;
      handOver(export, false);
    }
  }

  private void handOver(Export export, boolean again) {
    long nowNanos = Nanos.of(clock.instant());
    if (!again) {
      log.points(export);
    }
    log.write(ExportLine.of(again ? Event.RESENT : Event.SENT, export, nowNanos, null));
    Flight<Export> started = new Flight<>(export, again, nowNanos);
    flight = started;
    started.follow(exporter.export(export.metrics()), clock, wake);
  }

  private void land(Instant now, Orders orders) {
    Flight<Export> landed = flight;
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

  private void record(Flight<Export> landed, Flight.Answer answer) {
    boolean ok = answer.failure() == null;
    Event event =
        landed.again()
            ? (ok ? Event.RESEND_ACKNOWLEDGED : Event.RESEND_UNKNOWN)
            : (ok ? Event.ACKNOWLEDGED : Event.UNKNOWN);
    log.write(ExportLine.of(event, landed.batch(), answer.atNanos(), answer.failure()));
  }

  /** Whether the last points left, too, and everything was answered. */
  public boolean drained() {
    return lastCollected && flight == null && resends.isEmpty();
  }

  /** Leaves now: what is in flight stays unknown, what was not collected was never sent. */
  public void abandon(Instant now) {
    land(now, Orders.USUAL);
    Flight<Export> lost = flight;
    if (lost != null) {
      record(lost, new Flight.Answer(Nanos.of(now), "no answer before the shop left"));
      flight = null;
    }
    resends.clear();
    exporter.shutdown().join(1, TimeUnit.SECONDS);
  }
}
