// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads {@code global}: what jobs leave out. */
final class GlobalReader {

  private static final Set<String> FIELDS =
      Set.of("scrape_interval", "scrape_timeout", "evaluation_interval");
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LEAST = Duration.ofMillis(10);
  private static final Duration MOST = Duration.ofDays(1);

  private final Duration interval;
  private final Duration timeout;
  private final Limits limits;

  private GlobalReader(Duration interval, Duration timeout, Limits limits) {
    this.interval = interval;
    this.timeout = timeout;
    this.limits = limits;
  }

  static GlobalReader of(Optional<YamlValue> value) {
    Set<String> known = new HashSet<>(FIELDS);
    known.addAll(LimitsReader.FIELDS);
    known.addAll(Unsupported.OF_GLOBAL);
    Optional<YamlMap> fields = value.flatMap(map -> map.map(known));
    if (fields.isEmpty()) {
      return new GlobalReader(INTERVAL, TIMEOUT, Limits.DEFAULT);
    }
    YamlMap map = fields.get();
    Unsupported.refuse(map);
    map.get("evaluation_interval")
        .ifPresent(length -> length.refuse("not-supported", "rules are not evaluated here"));
    return new GlobalReader(
        map.get("scrape_interval").flatMap(JobReader::interval).orElse(INTERVAL),
        map.get("scrape_timeout")
            .flatMap(length -> JobReader.duration(length, LEAST, MOST))
            .orElse(TIMEOUT),
        LimitsReader.read(map, Limits.DEFAULT));
  }

  Duration interval() {
    return interval;
  }

  Duration timeout() {
    return timeout;
  }

  Limits limits() {
    return limits;
  }
}
