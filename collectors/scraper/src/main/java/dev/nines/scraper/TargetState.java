// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import dev.nines.scraper.definition.Target;
import dev.nines.scraper.fetch.ByteBudget;
import dev.nines.scraper.fetch.Reason;
import dev.nines.scraper.otlp.Known;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is remembered of a target from scrape to scrape. */
final class TargetState {

  private static final Logger LOG = LoggerFactory.getLogger(TargetState.class);

  private final Target target;

  /** Held by its scrape, and by what tells its end. */
  private final ReentrantLock turn = new ReentrantLock();

  private Known known = Known.NOTHING;
  private final ByteBudget.Reservation memory;
  private volatile Health health = Health.UNKNOWN;
  private volatile boolean overLimit;
  private @Nullable Reason reason;

  /** As the last scrape found it. */
  enum Health {
    UNKNOWN,
    UP,
    DOWN
  }

  /**
   * @param memory grows with what is remembered
   */
  TargetState(Target target, ByteBudget.Reservation memory) {
    this.target = target;
    this.memory = memory;
  }

  Target target() {
    return target;
  }

  ReentrantLock turn() {
    return turn;
  }

  /** Of what is stored. */
  Known known() {
    return known;
  }

  /** False when there is no room to remember that. */
  boolean grow(Known more) {
    return memory.resize(Math.max(memory.bytes(), more.bytes()));
  }

  /** What fits: {@link #grow} was asked before. */
  void remember(Known stored) {
    known = stored;
    memory.resize(stored.bytes());
  }

  Health health() {
    return health;
  }

  /** Its job has more targets than it may. */
  boolean isOverLimit() {
    return overLimit;
  }

  void overLimit(boolean over) {
    overLimit = over;
  }

  void up() {
    if (health == Health.DOWN) {
      LOG.info("target up: {}", target);
    }
    health = Health.UP;
    reason = null;
  }

  /** Tells the log when it was up, or down for another reason. */
  void down(Reason now, String why) {
    if (now != reason) {
      LOG.warn("target down: {}, {}: {}", target, now.word(), why);
    }
    health = Health.DOWN;
    reason = now;
  }
}
