// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.objectives.sla.Agreements.Party;
import dev.nines.warehouse.Migrations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the role api that keeps monthly reports up to date, on a thread of its own. */
public final class Reports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Migrations migrations;
  private final MonthlyRun run;
  private final ReportsConfig config;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private final Predicate<RuntimeException> passing;
  private volatile String trouble = "";
  private volatile String stopped = "";

  /**
   * @param passing tells the failures of a store that is away: they are waited out
   */
  public Reports(
      Migrations migrations,
      MonthlyRun run,
      ReportsConfig config,
      Predicate<RuntimeException> passing) {
    this.passing = passing;
    this.migrations = migrations;
    this.run = run;
    this.config = config;
    this.thread = Thread.ofVirtual().name("sla-reports").unstarted(this::loop);
  }

  public void start() {
    thread.start();
  }

  /** Empty unless a defect of ours ended the monthly run. */
  public Optional<String> check() {
    return stopped.isEmpty() ? Optional.empty() : Optional.of(stopped);
  }

  /** What keeps monthly reports from being stored now; on-demand reports do not depend on it. */
  public Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  private void loop() {
    boolean migrated = false;
    Duration pause = Duration.ZERO;
    while (!closedWithin(pause)) {
      try {
        if (!migrated) {
          ReportsSchema.migrate(migrations);
          migrated = true;
        }
        List<Party> failed = run.run();
        trouble = failed.isEmpty() ? "" : "no monthly report for " + failed.size() + " customers";
        pause = config.every();
      } catch (RuntimeException e) {
        if (!passing.test(e)) {
          stopped = "monthly reports stopped: " + e;
          LOG.error("monthly reports stopped", e);
          throw e;
        }
        trouble = "monthly reports wait: " + e.getMessage();
        pause = AGAIN;
      }
    }
  }

  private boolean closedWithin(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
