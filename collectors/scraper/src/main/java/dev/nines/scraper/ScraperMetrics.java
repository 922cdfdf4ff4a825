// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import dev.nines.scraper.fetch.ByteBudget;
import dev.nines.scraper.fetch.Reason;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.Locale;

/** What the scraper shows of itself; labels are bounded words, never a target's name. */
final class ScraperMetrics {

  private static final double[] SECONDS = {
    .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 20, 60
  };

  private static final String UP = "up";

  /** Why a scrape that was due tells nothing: always our own trouble, never the target's. */
  enum Skip {
    /** Every slot was taken. */
    BUSY,
    /** The scrape before had not ended. */
    OVERLAP,
    /** It was due while the scraper stood still. */
    LATE,
    /** There was no room for its body, or for its series. */
    MEMORY,
    /** A defect of ours; the log has it. */
    DEFECT
  }

  /** What became of what a scrape tells. */
  enum Fate {
    STORED,
    /** For good: the token, most often. */
    REFUSED,
    /** It could not be taken until the next scrape. */
    DROPPED
  }

  private final Counter scrapes;
  private final Counter skipped;
  private final Counter deliveries;
  private final Counter retries;
  private final Counter rejected;
  private final Counter samples;
  private final Histogram seconds;
  private final Gauge targets;
  private final Gauge leftOut;
  private final Gauge brokenFiles;
  private final Gauge held;

  ScraperMetrics(CollectorRegistry registry) {
    scrapes =
        Counter.build("nines_scraper_scrapes_total", "Scrapes by outcome: up, or why it is down")
            .labelNames("outcome")
            .register(registry);
    skipped =
        Counter.build("nines_scraper_skipped_total", "Scrapes due that tell nothing, by our reason")
            .labelNames("reason")
            .register(registry);
    deliveries =
        Counter.build("nines_scraper_deliveries_total", "Scrapes by what became of what they tell")
            .labelNames("outcome")
            .register(registry);
    retries = counter(registry, "delivery_retries", "Deliveries that were tried again");
    rejected = counter(registry, "points_rejected", "Points that the collector did not take");
    samples = counter(registry, "samples", "Lines with a value that were read");
    seconds =
        Histogram.build("nines_scraper_scrape_seconds", "From request to the last byte understood")
            .buckets(SECONDS)
            .register(registry);
    targets =
        Gauge.build("nines_scraper_targets", "Targets by what their last scrape found")
            .labelNames("state")
            .register(registry);
    leftOut = gauge(registry, "targets_left_out", "Targets beyond the bound, not scraped");
    brokenFiles = gauge(registry, "files_broken", "Files of targets with mistakes");
    held =
        Gauge.build("nines_scraper_held_bytes", "Memory held, by what")
            .labelNames("what")
            .register(registry);
    beginAtZero();
  }

  /** What alert rules watch: a counter that first appears as 1 has not grown. */
  private void beginAtZero() {
    scrapes.labels(UP);
    for (Reason reason : Reason.values()) {
      scrapes.labels(reason.word());
    }
    for (Skip reason : Skip.values()) {
      skipped.labels(word(reason));
    }
    for (Fate fate : Fate.values()) {
      deliveries.labels(word(fate));
    }
  }

  private static Counter counter(CollectorRegistry registry, String name, String help) {
    return Counter.build("nines_scraper_" + name + "_total", help).register(registry);
  }

  private static Gauge gauge(CollectorRegistry registry, String name, String help) {
    return Gauge.build("nines_scraper_" + name, help).register(registry);
  }

  void up(int lines) {
    scrapes.labels(UP).inc();
    samples.inc(lines);
  }

  void down(Reason reason) {
    scrapes.labels(reason.word()).inc();
  }

  void took(Duration length) {
    seconds.observe(length.toNanos() / 1e9);
  }

  void skipped(Skip reason, long count) {
    skipped.labels(word(reason)).inc(count);
  }

  void delivered(Fate fate) {
    deliveries.labels(word(fate)).inc();
  }

  void retried() {
    retries.inc();
  }

  void rejected(long points) {
    rejected.inc(points);
  }

  void targets(TargetState.Health health, long count) {
    targets.labels(word(health)).set(count);
  }

  void leftOut(long count) {
    leftOut.set(count);
  }

  void brokenFiles(int count) {
    brokenFiles.set(count);
  }

  void held(ByteBudget bodies, ByteBudget series) {
    held.labels("bodies").set(bodies.held());
    held.labels("series").set(series.held());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
