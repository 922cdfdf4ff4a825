// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.scraper.definition.Target;
import dev.nines.scraper.fetch.ByteBudget;
import dev.nines.scraper.fetch.Fetcher;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of one target from scrape to scrape, on a clock that the test moves. */
class ScrapeTest {

  private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

  private final Endpoint endpoint = new Endpoint();
  private final Kept kept = new Kept();
  private final CollectorRegistry registry = new CollectorRegistry();
  private final ScraperMetrics metrics = new ScraperMetrics(registry);
  private final AtomicLong nanos = new AtomicLong();
  private final ByteBudget bodies = new ByteBudget(1 << 20);
  private final ByteBudget series = new ByteBudget(10_000);
  private final Fetcher fetcher = new Fetcher();
  private final Courier courier =
      new Courier(kept, length -> nanos.addAndGet(length.toNanos()), nanos::get, metrics);
  private final Scrape scrape =
      new Scrape(fetcher, courier, bodies, metrics, () -> START.plusNanos(nanos.get()), nanos::get);
  private TargetState state = state("scrape_interval: 10s");

  @BeforeEach
  void begin() {
    endpoint.says("a 1\nb 2\n");
  }

  @AfterEach
  void close() {
    fetcher.close();
    endpoint.close();
  }

  @Test
  void aTargetThatFailsIsDownAndItsSeriesEnd() {
    run();
    endpoint.says("a 3\n");
    run();
    endpoint.fails(500);
    run();
    run();
    endpoint.says("a 4\n");
    run();
    assertThat(kept.course("up")).containsExactly("1.0", "1.0", "0.0", "0.0", "1.0");
    assertThat(kept.course("a")).containsExactly("1.0", "3.0", "end", "4.0");
    assertThat(kept.course("b")).containsExactly("2.0", "end");
    assertThat(kept.course("scrape_series_added"))
        .containsExactly("2.0", "0.0", "0.0", "0.0", "1.0");
    assertThat(kept.course("scrape_samples_scraped"))
        .containsExactly("2.0", "1.0", "0.0", "0.0", "1.0");
    assertThat(kept.points("a").get(2).timeNanos())
        .isEqualTo(START.plusSeconds(20).getEpochSecond() * 1_000_000_000L);
    assertThat(sample("nines_scraper_scrapes_total", "outcome", "up")).isEqualTo(3);
    assertThat(sample("nines_scraper_scrapes_total", "outcome", "status")).isEqualTo(2);
    assertThat(bodies.held()).isZero();
  }

  @Test
  void aTargetThatGoesEndsWithAllThatItHad() {
    run();
    scrape.end(state, START.plusSeconds(60));
    for (String metric : new String[] {"a", "b", "up", "scrape_duration_seconds"}) {
      assertThat(kept.course(metric)).last().isEqualTo("end");
    }
    assertThat(series.held()).isZero();
    int offered = kept.offered().size();
    scrape.end(state, START.plusSeconds(60));
    assertThat(kept.offered()).hasSize(offered);
  }

  @Test
  void aBadLabelLimitFailsTheScrapeAndNotTheReport() {
    state = state("label_limit: 1");
    run();
    assertThat(kept.course("up")).containsExactly("0.0");
    assertThat(kept.points("a")).isEmpty();
    assertThat(sample("nines_scraper_scrapes_total", "outcome", "label_limit")).isOne();
  }

  @Test
  void whatIsRefusedForNowIsSentAgainUnchangedUntilTheNextScrape() {
    kept.refuse(Kept.LATER, 3);
    run();
    assertThat(kept.offered()).hasSize(4);
    assertThat(kept.offered()).allMatch(bytes -> Arrays.equals(bytes, kept.offered().getFirst()));
    assertThat(kept.course("a")).containsExactly("1.0");
    assertThat(sample("nines_scraper_deliveries_total", "outcome", "stored")).isOne();
    assertThat(courier.trouble()).isEmpty();
    kept.refuse(Kept.LATER, 1_000);
    long before = nanos.get();
    run();
    assertThat(Duration.ofNanos(nanos.get() - before)).isEqualTo(Duration.ofSeconds(20));
    assertThat(kept.offered()).hasSize(4 + 11);
    assertThat(sample("nines_scraper_deliveries_total", "outcome", "dropped")).isOne();
    assertThat(courier.trouble()).contains("later");
  }

  @Test
  void whatIsRefusedForGoodIsNotSentAgain() {
    kept.refuse(Kept.NEVER, 1);
    run();
    assertThat(kept.offered()).hasSize(1);
    assertThat(sample("nines_scraper_deliveries_total", "outcome", "refused")).isOne();
    assertThat(courier.trouble()).contains("never");
    run();
    assertThat(courier.trouble()).isEmpty();
  }

  /** The end of a series that was told to nobody is told with the next scrape. */
  @Test
  void whatWasDroppedIsForgottenAndTheEndsInItAreToldAgain() {
    run();
    endpoint.says("a 5\n");
    kept.refuse(Kept.NEVER, 1);
    run();
    run();
    assertThat(kept.course("b")).containsExactly("2.0", "end");
    assertThat(kept.course("a")).containsExactly("1.0", "5.0");
  }

  @Test
  void theDeadlineHoldsForTheWholeAnswer() {
    state = state("scrape_interval: 1s", "scrape_timeout: 300ms");
    endpoint.hangs();
    run();
    endpoint.stalls();
    run();
    assertThat(kept.course("up")).containsExactly("0.0", "0.0");
    assertThat(kept.points("a")).isEmpty();
    assertThat(sample("nines_scraper_scrapes_total", "outcome", "timeout")).isEqualTo(2);
    assertThat(bodies.held()).isZero();
  }

  @Test
  void withoutRoomAScrapeIsSkippedAndNothingEnds() {
    run();
    long held = series.held();
    assertThat(held).isPositive();
    endpoint.says("# x\n".repeat(1 << 19));
    run();
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      many.append("m").append(i).append(" 1\n");
    }
    endpoint.says(many.toString());
    run();
    assertThat(kept.course("up")).containsExactly("1.0");
    assertThat(kept.course("a")).containsExactly("1.0");
    assertThat(sample("nines_scraper_skipped_total", "reason", "memory")).isEqualTo(2);
    assertThat(series.held()).isEqualTo(held);
  }

  @Test
  void aJobWithTooManyTargetsIsNotAsked() {
    state.overLimit(true);
    run();
    assertThat(endpoint.asked()).isEmpty();
    assertThat(kept.course("up")).containsExactly("0.0");
    assertThat(sample("nines_scraper_scrapes_total", "outcome", "target_limit")).isOne();
  }

  private TargetState state(String... fields) {
    Target target =
        TestJobs.job("{targets: ['" + endpoint.address() + "']}", fields).targets().getFirst();
    return new TargetState(target, series.reserve());
  }

  /** And ten seconds pass. */
  private void run() {
    scrape.run(state);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
  }

  private double sample(String name, String label, String value) {
    return registry.getSampleValue(name, new String[] {label}, new String[] {value});
  }
}
