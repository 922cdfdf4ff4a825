// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * @param instance names the process: after a restart it gets its partitions back, and an older
 *     process of the same name is fenced
 * @param regions whose accepted batches are read
 * @param spansPerSecond that are stored, about, of each tenant that is sampled, all regions
 *     together; what is kept for its interest comes on top
 * @param behind log-append time, by which a decision waits for what makes a trace interesting
 */
public record SamplerConfig(
    String instance, List<String> regions, Map<String, Long> spansPerSecond, Duration behind) {

  public SamplerConfig {
    regions = List.copyOf(regions);
    spansPerSecond = Map.copyOf(spansPerSecond);
    spansPerSecond.forEach(
        (tenant, spans) -> {
          if (spans < 1) {
            throw new IllegalArgumentException(
                "spans per second of %s: at least 1, not %d".formatted(tenant, spans));
          }
        });
    if (behind.isNegative()) {
      throw new IllegalArgumentException("behind: not " + behind);
    }
  }
}
