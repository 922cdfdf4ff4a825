// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One data point as the shop logged it.
 *
 * @param cumulative it says all since its start, not what was added since the last point
 */
public record SentPoint(
    String export,
    String region,
    String service,
    String version,
    String metric,
    boolean cumulative,
    long startNanos,
    long timeNanos,
    Map<String, String> attributes,
    Measured measured) {

  /** Names the series. */
  public String series() {
    String pairs =
        new TreeMap<>(attributes)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    return String.join("|", region, service, version, metric, pairs);
  }

  /** Names the series since one start. */
  public String stream() {
    return series() + "|" + startNanos;
  }

  /** Names the point. */
  public String key() {
    return stream() + "|" + timeNanos;
  }
}
