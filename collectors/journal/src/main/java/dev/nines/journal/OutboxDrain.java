// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains one lane: claims due rows with a lease, delivers each outside any transaction on a virtual
 * thread, then marks it. Several drains of one lane, on one node or many, share the rows. A row
 * whose holder died is delivered again after its lease, flagged ambiguous.
 */
public final class OutboxDrain implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OutboxDrain.class);
  private static final int POISON_ATTEMPTS = 10;
  private static final Duration FAILED_AGAIN = Duration.ofSeconds(2);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
  private static final long MEASURE_EVERY_NANOS = 1_000_000_000;

  private final Journal journal;
  private final OutboxHandler handler;
  private final Settings settings;
  private final Semaphore slots;
  private final Semaphore bell = new Semaphore(0);
  private final Map<String, Integer> inDelivery = new ConcurrentHashMap<>();
  private final Runnable wake = bell::release;
  private long measuredNanos = System.nanoTime() - MEASURE_EVERY_NANOS;
  private volatile @Nullable Thread loop;
  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param parallel rows in delivery at a time
   * @param lease must exceed the handler's own deadline
   * @param poll how often the lane is looked at without a notification
   * @param bound waiting rows from which {@code nines_outbox_full} is 1
   * @param keepDone how long done rows guard against a second row of their key
   * @param destinations how a row's destination begins when it is this drain's; several drains
   *     share a lane by different beginnings
   * @param perDestination rows that one claim takes, and in delivery from which on a destination
   *     gets no more: one that hangs holds fewer than twice as many of the slots
   */
  public record Settings(
      String lane,
      int parallel,
      Duration lease,
      Duration poll,
      long bound,
      Duration keepDone,
      String destinations,
      int perDestination) {

    public static Settings of(String lane) {
      return new Settings(
          lane,
          16,
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          100_000,
          Duration.ofDays(7),
          "",
          Integer.MAX_VALUE);
    }

    public Settings withParallel(int newParallel) {
      return new Settings(
          lane, newParallel, lease, poll, bound, keepDone, destinations, perDestination);
    }

    public Settings withLease(Duration newLease) {
      return new Settings(
          lane, parallel, newLease, poll, bound, keepDone, destinations, perDestination);
    }

    public Settings withPoll(Duration newPoll) {
      return new Settings(
          lane, parallel, lease, newPoll, bound, keepDone, destinations, perDestination);
    }

    /** Only rows whose destination begins so, and so many of one destination. */
    public Settings withDestinations(String beginning, int newPerDestination) {
      return new Settings(
          lane, parallel, lease, poll, bound, keepDone, beginning, newPerDestination);
    }
  }

  public OutboxDrain(Journal journal, Settings settings, OutboxHandler handler) {
    this.journal = journal;
    this.settings = settings;
    this.handler = handler;
    this.slots = new Semaphore(settings.parallel());
  }

  public OutboxDrain start() {
    loop = Thread.ofVirtual().name("drain-" + settings.lane()).start(this::run);
    journal.bell().subscribe(settings.lane(), wake);
    return this;
  }

  /**
   * @throws IllegalStateException when the drain does not run
   */
  public void check() {
    Thread running = loop;
    if (running == null || !running.isAlive()) {
      throw new IllegalStateException("drain of lane " + settings.lane() + " has ended", failure);
    }
  }

  /** Waits for the deliveries under way, at most 10 s; what is left is redelivered, ambiguous. */
  @Override
  public void close() {
    closed = true;
    journal.bell().unsubscribe(settings.lane(), wake);
    bell.release();
    try {
      slots.tryAcquire(settings.parallel(), CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        turnAgain();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A lane must not stand still because one turn failed: it is tried again, and the check says so.
   */
  private void turnAgain() throws InterruptedException {
    try {
      turn();
      failure = null;
    } catch (RuntimeException e) {
      failure = e;
      log.error("drain of lane {} begins again", settings.lane(), e);
      LockSupport.parkNanos(FAILED_AGAIN.toNanos());
    }
  }

  private void turn() throws InterruptedException {
    boolean more = false;
    try {
      more = claim();
      if (System.nanoTime() - measuredNanos >= MEASURE_EVERY_NANOS) {
        measure();
        measuredNanos = System.nanoTime();
      }
    } catch (JournalUnavailable e) {
      log.warn("lane {} waits for PostgreSQL: {}", settings.lane(), e.getMessage());
    }
    if (!more && bell.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
      bell.drainPermits();
    }
  }

  /** True when there may be more rows that are due. */
  private boolean claim() throws InterruptedException {
    if (!slots.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    int free = 1 + slots.drainPermits();
    int limit = Math.min(free, settings.perDestination());
    UUID claim = UUID.randomUUID();
    List<Delivery> claimed = List.of();
    try {
      claimed =
          journal.transact(
              tx ->
                  OutboxRows.claim(
                      tx,
                      new OutboxRows.Wanted(settings.lane(), settings.destinations(), busy()),
                      limit,
                      claim,
                      settings.lease()));
    } finally {
      slots.release(free - claimed.size());
    }
    for (Delivery delivery : claimed) {
      inDelivery.merge(delivery.message().destination(), 1, Integer::sum);
      Thread.ofVirtual().name("deliver-" + settings.lane()).start(() -> deliver(delivery, claim));
    }
    return claimed.size() == limit;
  }

  /** Destinations that get no more rows now; those in delivery are few, by the slots. */
  private List<String> busy() {
    return inDelivery.entrySet().stream()
        .filter(entry -> entry.getValue() >= settings.perDestination())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void deliver(Delivery delivery, UUID claim) {
    try {
      settle(delivery, claim, outcome(delivery));
    } catch (RuntimeException e) {
      // The lease runs out, then the row is delivered again as ambiguous.
      journal.metrics().attempt(settings.lane(), "unmarked");
      log.warn("{} was delivered but not marked: {}", delivery.message().key(), e.getMessage());
    } finally {
      inDelivery.computeIfPresent(
          delivery.message().destination(), (name, rows) -> rows > 1 ? rows - 1 : null);
      slots.release();
      bell.release();
    }
  }

  private Outcome outcome(Delivery delivery) {
    try {
      return handler.deliver(delivery);
    } catch (RuntimeException e) {
      if (e instanceof JournalUnavailable away && away.passing()) {
        return new Outcome.Retry(FAILED_AGAIN, "PostgreSQL was away", true);
      }
      log.error("handler of lane {} failed on {}", settings.lane(), delivery.message().key(), e);
      return delivery.attempt() >= POISON_ATTEMPTS
          ? new Outcome.Dead(OutboxRows.HANDLER_FAILED + e)
          : new Outcome.Retry(FAILED_AGAIN, OutboxRows.HANDLER_FAILED + e, true);
    }
  }

  private void settle(Delivery delivery, UUID claim, Outcome outcome) {
    boolean held =
        journal.transactPatiently(
            settings.lease().dividedBy(2),
            tx -> {
              boolean marked = OutboxRows.mark(tx, delivery, claim, outcome);
              if (marked) {
                handler.settle(tx, delivery, outcome);
              }
              return marked;
            });
    journal.metrics().attempt(settings.lane(), held ? word(outcome) : "lease_lost");
  }

  private void measure() {
    OutboxRows.Depth depth =
        journal.transact(
            tx -> {
              OutboxRows.forget(tx, settings.lane(), settings.keepDone());
              return OutboxRows.depth(tx, settings.lane());
            });
    journal.metrics().measured(settings.lane(), depth, settings.bound());
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered delivered -> "delivered";
      case Outcome.Retry retry -> "retry";
      case Outcome.Dead dead -> "dead";
    };
  }
}
