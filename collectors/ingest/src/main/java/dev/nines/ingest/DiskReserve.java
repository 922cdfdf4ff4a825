// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Keeps ingest from filling the broker's disk: below the reserve new telemetry is refused, above it
 * taken again. The disk is asked about four times a second. A folder that cannot be asked counts as
 * full.
 */
public final class DiskReserve {

  private static final Duration FRESH = Duration.ofMillis(250);

  private final String place;
  private final long reserveBytes;
  private final LongSupplier freeBytes;
  private final InstantSource clock;
  private volatile Reading last = new Reading(Instant.MIN, 0);

  private record Reading(Instant at, long freeBytes) {}

  /** Watches the file system that holds a folder. */
  public DiskReserve(Path folder, long reserveBytes, InstantSource clock) {
    this(folder.toString(), reserveBytes, () -> folder.toFile().getUsableSpace(), clock);
  }

  DiskReserve(String place, long reserveBytes, LongSupplier freeBytes, InstantSource clock) {
    this.place = place;
    this.reserveBytes = reserveBytes;
    this.freeBytes = freeBytes;
    this.clock = clock;
  }

  /** True when telemetry must be refused. */
  public boolean reached() {
    Instant now = clock.instant();
    Reading reading = last;
    if (reading.at.isAfter(now) || reading.at.isBefore(now.minus(FRESH))) {
      reading = new Reading(now, freeBytes.getAsLong());
      last = reading;
    }
    return reading.freeBytes < reserveBytes;
  }

  /** Shows free bytes and reserve; the disk is asked at each scrape. */
  void register(CollectorRegistry registry) {
    gauge("nines_ingest_disk_free_bytes", "Free where the log lies", freeBytes).register(registry);
    gauge("nines_ingest_disk_reserve_bytes", "Less free refuses telemetry", () -> reserveBytes)
        .register(registry);
  }

  private static Gauge gauge(String name, String help, LongSupplier value) {
    return Gauge.build(name, help)
        .create()
        .setChild(
            new Gauge.Child() {
              @Override
              public double get() {
                return value.getAsLong();
              }
            });
  }

  @Override
  public String toString() {
    return "less than the reserve of " + reserveBytes + " bytes is free at " + place;
  }
}
