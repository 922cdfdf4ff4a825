// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.demo.stage.Prometheus;
import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A collector of its own scrapes a real Prometheus, and a server of ours behind a token. */
@ExtendWith(OneUp.class)
class ScrapeTest {

  private static final String CONFIGURATION =
      """
      global: {scrape_interval: 5s, scrape_timeout: 5s}
      scrape_configs:
        - job_name: scraped-prometheus
          file_sd_configs: [{files: [targets.json]}]
        - job_name: scraped-server
          authorization: {credentials_file: read.token}
          file_sd_configs: [{files: [server.yml]}]
      """;

  private final Up up;
  private final Store store;
  @TempDir private Path folder;

  ScrapeTest(Up up) {
    this.up = up;
    this.store = new Store(up.platform().store());
  }

  @Test
  void whatIsExposedIsStoredUntilItsTargetIsKilled() throws IOException {
    Path binary =
        Prometheus.find()
            .orElseThrow(() -> new AssertionError("no prometheus: './nines test' fetches one"));
    Path own = folder.resolve("own.yml");
    Files.writeString(own, "scrape_configs: [{job_name: self}]");
    try (Prometheus prometheus =
            Prometheus.start(binary, own, folder.resolve("prometheus"), List.of(), "none");
        Mirror mirror = new Mirror(prometheus.url());
        Mirror server = new Mirror(up.platform().api());
        RoleProcess collector = collector(mirror)) {
      await().atMost(180, SECONDS).until(() -> upScrapes("scraped-prometheus") >= 3);
      Files.writeString(folder.resolve("server.yml"), "- targets: ['" + server.address() + "']\n");
      await().atMost(60, SECONDS).until(() -> upScrapes("scraped-server") >= 2);
      mirror.kill();
      server.kill();
      isStored(mirror, "scraped-prometheus");
      isStored(server, "scraped-server");
      await().atMost(30, SECONDS).until(() -> isDown("scraped-prometheus"));
      checkEnds("scraped-prometheus");
      await().atMost(30, SECONDS).until(() -> isDown("scraped-server"));
      await().atMost(30, SECONDS).untilAsserted(() -> checkMetrics(collector));
      collector.stop(); // It accounts for what it took: FuzzTest reads the account.
    }
  }

  /**
   * Each scrape that is said to be up, whole and once. A slow machine may give one up at its
   * deadline, after the target answered: that one is down, and nothing of it is kept.
   */
  private void isStored(Mirror mirror, String service) {
    await()
        .atMost(90, SECONDS)
        .untilAsserted(
            () -> {
              Map<String, List<Double>> stored = Scraped.stored(store, service);
              List<Boolean> ups = Scraped.ups(store, service);
              assertThat(stored).hasSizeGreaterThan(100);
              assertThat(Scraped.kept(mirror.bodies(), stored))
                  .as(
                      "answered scrapes that are stored, of %d; up: %s",
                      mirror.bodies().size(), ups)
                  .hasValue(upScrapes(service));
            });
  }

  private long upScrapes(String service) throws IOException {
    return Scraped.ups(store, service).stream().filter(up -> up).count();
  }

  private boolean isDown(String service) throws IOException {
    return !Scraped.ups(store, service).getLast();
  }

  /** Each series that was there ends once; up goes on. */
  private void checkEnds(String service) throws IOException {
    List<String> ended = Scraped.ended(store, service);
    assertThat(new HashSet<>(ended)).contains("go_goroutines").doesNotContain("up");
    String series =
        "SELECT count() FROM (SELECT DISTINCT series_id FROM metric_series WHERE tenant = 'default'"
            + " AND service = '"
            + service
            + "' AND metric != 'up' AND metric NOT LIKE 'scrape\\_%')";
    assertThat(store.query(series)).isEqualTo(List.of(List.of(Integer.toString(ended.size()))));
  }

  private void checkMetrics(RoleProcess collector) throws IOException {
    Http http = new Http(collector.url(), Optional.of(up.adminToken()));
    String metrics = http.get("/metrics").body();
    assertThat(metrics)
        .contains("nines_scraper_targets{state=\"down\",} 2.0")
        .contains("nines_scraper_deliveries_total{outcome=\"refused\",} 0.0")
        .contains("nines_scraper_skipped_total{reason=\"busy\",} 0.0");
    // What a cold collector puts off for longer than an interval is dropped, and told so.
    double dropped = value(metrics, "nines_scraper_deliveries_total{outcome=\"dropped\",}");
    assertThat(upScrapes("scraped-prometheus") + upScrapes("scraped-server") + dropped)
        .isEqualTo(value(metrics, "nines_scraper_scrapes_total{outcome=\"up\",}"));
    assertThat(AlertRules.scraperMetrics())
        .hasSizeGreaterThan(1)
        .allSatisfy(name -> assertThat(metrics).containsPattern("(?m)^" + name + "[{ ]"));
    assertThat(Http.json(http.get("/health")).at("/parts/scraper").asText()).isEqualTo("UP");
    assertThat(SourceTree.read(folder.resolve("collector.log")))
        .contains("target down: scraped-prometheus http://")
        .contains(", connect: ");
  }

  private static double value(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series + ' '))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .sum();
  }

  private RoleProcess collector(Mirror mirror) throws IOException {
    Path configuration = Files.writeString(folder.resolve("scrapes.yml"), CONFIGURATION);
    Files.writeString(folder.resolve("read.token"), up.token("READ"));
    Files.writeString(
        folder.resolve("targets.json"), "[{\"targets\": [\"" + mirror.address() + "\"]}]");
    Path token = Files.writeString(folder.resolve("write.token"), up.writeToken());
    return RoleProcess.start(
        folder,
        "collector",
        "nines.scrape-configs=" + configuration,
        "nines.scraper.token-file=" + token,
        "nines.collectors=master:0:0",
        "nines.instance=scrapes",
        "nines.disk-reserve-bytes=1",
        "nines.kafka.bootstrap-servers=" + up.platform().kafka());
  }
}
