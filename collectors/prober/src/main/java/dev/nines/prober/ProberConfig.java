// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * @param region that this process probes from
 * @param instance tells the probers of a region from each other
 * @param collector the region's own, by OTLP/HTTP, for example {@code http://127.0.0.1:4318}
 * @param token with the right to write telemetry; its tenant gets the spans
 * @param concurrency runs at a time
 * @param bufferBytes spans that wait for the collector
 * @param bodyBytesMax what is read of an answer's body
 * @param lastWords how long a close goes on sending
 */
public record ProberConfig(
    String region,
    String instance,
    URI collector,
    Optional<String> token,
    int concurrency,
    long bufferBytes,
    int bodyBytesMax,
    Duration lastWords) {

  private static final int CONCURRENCY_MAX = 1_000;

  public ProberConfig {
    if (concurrency < 1 || concurrency > CONCURRENCY_MAX) {
      throw new IllegalArgumentException(
          "nines.prober.concurrency: " + concurrency + " is not from 1 to " + CONCURRENCY_MAX);
    }
  }

  /** With the usual bounds: 16 MiB of spans, 1 MiB of a body, 3 s at the end. */
  public static ProberConfig of(
      String region, String instance, URI collector, Optional<String> token, int concurrency) {
    return new ProberConfig(
        region,
        instance,
        collector,
        token,
        concurrency,
        16L << 20,
        1 << 20,
        Duration.ofSeconds(10));
  }
}
