// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.SeriesId;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which series have a row for the hour. It only saves rows that are there already: what is
 * forgotten is written once more, to a table where that changes nothing. It learns of a row when
 * the row is stored, never before: otherwise a failed insert would leave points without their
 * series.
 */
final class SeriesMemory {

  /** Above it, everything is forgotten. About 130 bytes each. */
  static final int MAX = 200_000;

  private record Key(SeriesId id, String region) {}

  private final Map<Key, Long> storedHours = new HashMap<>();
  private final Map<Key, Long> appendedHours = new HashMap<>();
  private final Gauge remembered;
  private final Counter forgotten;

  SeriesMemory(CollectorRegistry registry) {
    remembered =
        Gauge.build("nines_archive_series", "Series whose row of the hour is known to be stored.")
            .register(registry);
    forgotten =
        Counter.build("nines_archive_series_forgotten_total", "Series forgotten for lack of room.")
            .register(registry);
  }

  /** Whether the series needs a row for this hour; true once a batch. */
  boolean needsRow(SeriesId id, Origin origin) {
    Key key = new Key(id, origin.region());
    Long hour = TimeUnit.MILLISECONDS.toHours(origin.appendedMillis());
    return !hour.equals(storedHours.get(key)) && !hour.equals(appendedHours.put(key, hour));
  }

  /** A batch begins. */
  void clear() {
    appendedHours.clear();
  }

  /** The batch is stored. */
  void stored() {
    if (storedHours.size() + appendedHours.size() > MAX) {
      forgotten.inc(storedHours.size());
      storedHours.clear();
    }
    storedHours.putAll(appendedHours);
    appendedHours.clear();
    remembered.set(storedHours.size());
  }
}
