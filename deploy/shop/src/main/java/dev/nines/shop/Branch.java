// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.nines.shop.delivery.Collector.Protocol;
import dev.nines.shop.delivery.Count;
import dev.nines.shop.delivery.Orders;
import dev.nines.shop.delivery.Outbox;
import dev.nines.shop.delivery.Recorder;
import dev.nines.shop.metering.MeterOutbox;
import dev.nines.shop.traffic.Fault;
import dev.nines.shop.traffic.FaultScript;
import dev.nines.shop.traffic.Journey;
import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Storefront;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The shop in one region: its customers, its services and their way to the collector. */
final class Branch {

  private static final Duration SLOW_ANSWER = Duration.ofSeconds(2);

  private final Region region;
  private final Protocol protocol;
  private final FaultScript script;
  private final Storefront storefront;
  private final Recorder recorder;
  private final Outbox outbox;
  private final MeterOutbox meters;
  private Journey next;
  private long requests;

  Branch(
      Region region,
      Protocol protocol,
      FaultScript script,
      Storefront storefront,
      Recorder recorder,
      Outbox outbox,
      MeterOutbox meters) {
    this.region = region;
    this.protocol = protocol;
    this.script = script;
    this.storefront = storefront;
    this.recorder = recorder;
    this.outbox = outbox;
    this.meters = meters;
    this.next = storefront.next();
  }

  /** How delivery goes, as the director's screen shows it. */
  enum State {
    HEALTHY,
    HOLDING,
    WAITING;

    @JsonValue
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A region's line of the progress.
   *
   * @param state waiting: the collector has owed an answer for over 2 s
   */
  record Report(
      Region region,
      String protocol,
      State state,
      long sent,
      long acknowledged,
      long unknown,
      int queued,
      int inFlight) {}

  /** Records the requests that ended until now, and passes on what is due. */
  void tick(Instant now, long elapsedNanos) {
    while (next.endNanos() <= elapsedNanos) {
      recorder.record(next);
      meters.meters().record(next);
      requests++;
      next = storefront.next();
    }
    Orders orders = orders(elapsedNanos / 1_000_000);
    outbox.tick(now, orders);
    meters.tick(now, orders);
  }

  /** After the last request: everything leaves. */
  void flush(Instant now) {
    outbox.tick(now, Orders.FLUSH);
    meters.tick(now, Orders.FLUSH);
  }

  boolean drained() {
    return outbox.drained() && meters.drained();
  }

  void abandon(Instant now) {
    outbox.abandon(now);
    meters.abandon(now);
  }

  private Orders orders(long millis) {
    return new Orders(
        script.active(Fault.Kind.LATE_DELIVERY, region, millis).isPresent(),
        false,
        script.active(Fault.Kind.BATCH_RESEND, region, millis).map(Fault::share).orElse(0.0));
  }

  Outbox outbox() {
    return outbox;
  }

  long requests() {
    return requests;
  }

  Report report(Instant now, long millis) {
    var counts = outbox.counts();
    return new Report(
        region,
        protocol.name().toLowerCase(Locale.ROOT),
        state(now, millis),
        counts.get(Count.SENT_SPANS),
        counts.get(Count.ACKNOWLEDGED_SPANS),
        counts.get(Count.UNKNOWN_SPANS),
        outbox.queuedSpans(),
        outbox.spansInFlight());
  }

  private State state(Instant now, long millis) {
    if (orders(millis).hold()) {
      return State.HOLDING;
    }
    return outbox.waiting(now).compareTo(SLOW_ANSWER) > 0 ? State.WAITING : State.HEALTHY;
  }
}
