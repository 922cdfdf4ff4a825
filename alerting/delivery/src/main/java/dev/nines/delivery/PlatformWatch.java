// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.journal.Journal;
import dev.nines.journal.JournalUnavailable;
import dev.nines.objectives.BurnRecord.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and resolves the alerts of the platform itself. What was told is read from the alerts each
 * time, so that a restart tells nothing twice and forgets nothing; several watches of one source
 * agree on its group's lock.
 */
public final class PlatformWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PlatformWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Journal journal;
  private final Alerts alerts;
  private final String tenant;
  private final List<TroubleSource> sources;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread loop;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param tenant whose people are told
   */
  public PlatformWatch(
      Journal journal,
      Alerts alerts,
      String tenant,
      List<TroubleSource> sources,
      InstantSource clock) {
    this.journal = journal;
    this.alerts = alerts;
    this.tenant = tenant;
    this.sources = List.copyOf(sources);
    this.clock = clock;
  }

  public PlatformWatch start() {
    loop = Thread.ofVirtual().name("platform-watch").start(this::run);
    return this;
  }

  /**
   * @throws IllegalStateException when the last look failed
   */
  public void check() {
    RuntimeException why = failure;
    if (why != null) {
      throw new IllegalStateException("the platform's own alerts are not kept: " + why, why);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running = loop;
    if (running != null) {
      try {
        running.join(EVERY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Root of the thread: a look that fails is taken again, and the check says so. */
  private void run() {
    try {
      do {
        lookAgain();
      } while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgain() {
    try {
      sources.forEach(this::look);
      failure = null;
    } catch (JournalUnavailable e) {
      log.warn("the platform's own alerts wait for PostgreSQL: {}", e.getMessage());
    } catch (RuntimeException e) {
      failure = e;
      log.error("the platform's own alerts are not kept", e);
    }
  }

  /** Looks at one source once. */
  void look(TroubleSource source) {
    journal.transact(tx -> look(tx, source));
  }

  private int look(Connection tx, TroubleSource source) throws SQLException {
    List<Trouble> troubles = source.troubles(tx).orElse(null);
    if (troubles == null) {
      return 0;
    }
    Instant now = clock.instant();
    Map<String, Trouble> told = told(tx, source.alertName());
    for (Trouble trouble : troubles) {
      if (told.remove(trouble.part()) == null) {
        alerts.observe(tx, Observation.of(tenant, trouble, State.FIRING, now));
      }
    }
    for (Trouble gone : told.values()) {
      alerts.observe(tx, Observation.of(tenant, gone, State.RESOLVED, now));
    }
    return troubles.size();
  }

  /** Open alerts of that name, by part. */
  private Map<String, Trouble> told(Connection tx, String alertName) throws SQLException {
    Map<String, Trouble> told = new HashMap<>();
    for (GroupedAlert open : AlertRows.ofGroup(tx, tenant, Observation.group(alertName))) {
      if (open.open()) {
        String part = open.condition().scope();
        Instant since = open.condition().firstBadAt();
        String words = open.alert().annotations().getOrDefault(Observation.SUMMARY, alertName);
        told.put(part, new Trouble(alertName, part, since, words));
      }
    }
    return told;
  }
}
