// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import dev.nines.scraper.definition.Job;
import java.util.List;

/**
 * @param region of the collector, part of the places that targets have in their interval
 * @param concurrency scrapes at a time
 * @param bodyBytes of what is made of bodies that are being read, translated and delivered
 * @param seriesBytes of series that are remembered to tell their end
 */
public record ScraperConfig(
    String region, List<Job> jobs, int concurrency, long bodyBytes, long seriesBytes) {

  /** With the usual bounds: 128 MiB of what bodies become, 128 MiB of series. */
  public static ScraperConfig of(String region, List<Job> jobs, int concurrency) {
    return new ScraperConfig(region, jobs, concurrency, 128L << 20, 128L << 20);
  }

  private static final int CONCURRENCY_MAX = 1_000;

  public ScraperConfig {
    jobs = List.copyOf(jobs);
    if (concurrency < 1 || concurrency > CONCURRENCY_MAX) {
      throw new IllegalArgumentException(
          "nines.scraper.concurrency: " + concurrency + " is not from 1 to " + CONCURRENCY_MAX);
    }
  }
}
