// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.ingest.OwnExport.Receipt;
import dev.nines.scraper.Delivery;
import dev.nines.scraper.Scraper;
import dev.nines.scraper.ScraperConfig;
import dev.nines.scraper.definition.ScrapeFile;
import dev.nines.server.NinesConfig;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes endpoints into the first collector of this process. What is wrong with its configuration
 * ends no collector: nothing is scraped, and {@code /health} says why.
 */
@Singleton
public final class ScraperPart implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(ScraperPart.class);

  private final @Nullable Scraper scraper;
  private final String refusal;

  public ScraperPart(
      NinesConfig config, CollectorPart collector, Registries registries, InstantSource clock) {
    @Nullable Scraper made = null;
    String why = "";
    try {
      made = scraper(config, collector, registries, clock);
    } catch (IllegalArgumentException e) {
      LOG.error("nothing is scraped: {}", e.getMessage());
      why = "scrapes nothing: " + e.getMessage();
    }
    scraper = made;
    refusal = why;
  }

  private static Scraper scraper(
      NinesConfig config, CollectorPart collector, Registries registries, InstantSource clock) {
    Path file = config.scrapeConfigs().orElseThrow();
    String region =
        CollectorSpec.parse(config.collectors().orElse(List.of())).stream()
            .findFirst()
            .map(CollectorSpec::region)
            .orElseThrow(
                () -> new IllegalArgumentException("nines.scrape-configs: there is no collector"));
    ScraperConfig settings =
        ScraperConfig.of(region, ScrapeFile.require(file), config.scraper().concurrency());
    Optional<String> token = config.scraper().tokenFile().map(ScraperPart::token);
    return new Scraper(
        settings,
        request -> deliver(collector, token, request),
        registries.of(Role.COLLECTOR),
        clock,
        System::nanoTime);
  }

  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("nines.scraper.token-file: " + e, e);
    }
  }

  private static Delivery.Answer deliver(
      CollectorPart collector, Optional<String> token, byte[] request) {
    Receipt receipt =
        collector
            .own()
            .map(door -> door.metrics(token, request))
            .orElseGet(() -> new Receipt.Refused(true, "the collector is starting"));
    return switch (receipt) {
      case Receipt.Stored(int rejected, String message) ->
          new Delivery.Answer.Stored(rejected, message);
      case Receipt.Refused(boolean retryable, String message) ->
          new Delivery.Answer.Refused(retryable, message);
    };
  }

  @Override
  public String name() {
    return "scraper";
  }

  @Override
  public void start() {
    if (scraper != null) {
      scraper.start();
    }
  }

  @Override
  public Optional<String> check() {
    return scraper == null ? Optional.empty() : scraper.check();
  }

  @Override
  public Optional<String> note() {
    return scraper == null ? Optional.of(refusal) : scraper.trouble();
  }

  @Override
  public void close() {
    if (scraper != null) {
      scraper.close();
    }
  }
}
