// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens when, on both sides: clean history, a clean stretch while everything runs, then
 * total outages, a second apart.
 *
 * @param history before the start
 * @param clean from complete history to the first outage
 */
record Schedule(Duration history, Duration clean) {

  /** One request a second: the 52nd bad one of an hour's 3,600 makes 14.4 times the budget. */
  private static final long FAILING_EVERY_MILLIS = 1_000;

  private static final long HEALTHY_EVERY_MILLIS = 10_000;
  private static final long QUIET_EVERY_MILLIS = 60_000;
  private static final long APART_MILLIS = 1_000;

  /** No client has asked for what ends then. */
  private static final long SOON_MILLIS = 2_000;

  private static final long SLICE_SECONDS = 10;

  /** Until the policy holds: 0.0144 of an hour, and what slices add. */
  private static final Duration HOLDS_AFTER = Duration.ofSeconds(54);

  /** A boundary of slices. */
  Instant historyFrom(Instant now) {
    long seconds = now.minus(history).getEpochSecond();
    return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, SLICE_SECONDS));
  }

  /**
   * The first ones are to fail.
   *
   * @param from number of the first
   */
  List<Service> services(int from, int count, int failing) {
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      services.add(
          i < failing
              ? new Service(from + i, FAILING_EVERY_MILLIS)
              : new Service(from + i, HEALTHY_EVERY_MILLIS, QUIET_EVERY_MILLIS));
    }
    return services;
  }

  /** The healthy ones are so in the clean stretch and from then on. */
  void wake(List<Service> services, long nowMillis) {
    services.forEach(service -> service.busyFrom(nowMillis + SOON_MILLIS));
  }

  void fail(List<Service> services, long nowMillis) {
    for (int i = 0; i < services.size(); i++) {
      services.get(i).failFrom(nowMillis + clean.toMillis() + i * APART_MILLIS);
    }
  }

  /** From the end of the history until the last policy holds. */
  Duration lasts(int failing) {
    return clean.plus(HOLDS_AFTER).plusMillis(failing * APART_MILLIS);
  }

  String cleanWords() {
    return "%d s without a failure, then outages".formatted(clean.toSeconds());
  }
}
