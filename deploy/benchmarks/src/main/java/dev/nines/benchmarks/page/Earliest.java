// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The earliest instant at which one of the paging policies of the SRE workbook holds at 99.9 %, by
 * brute force over all events: 14.4 over 1 h and 5 min, 6 over 6 h and 30 min. What was not
 * measured of a window counts as good.
 */
final class Earliest {

  private static final BigDecimal BUDGET = new BigDecimal("0.001");
  private static final long MINUTE_MILLIS = 60_000;
  private static final long SLICE_MILLIS = 10_000;

  /** Windows of up to 2 h are sums of slices, this one of minutes: {@code pipeline.md}, 5. */
  private static final long SIX_HOURS_MILLIS = 360 * MINUTE_MILLIS;

  private record Policy(long longMillis, long shortMillis, BigDecimal factor) {}

  private static final List<Policy> POLICIES =
      List.of(
          new Policy(60 * MINUTE_MILLIS, 5 * MINUTE_MILLIS, new BigDecimal("14.4")),
          new Policy(SIX_HOURS_MILLIS, 30 * MINUTE_MILLIS, new BigDecimal("6")));

  private final long measuredFrom;

  /**
   * @param measuredFrom start of the history
   */
  Earliest(long measuredFrom) {
    this.measuredFrom = measuredFrom;
  }

  /**
   * What a client sent in one batch: the requests that ended in [from, to).
   *
   * @param acknowledgedMillis when the client had the answer
   */
  record Arrival(long acknowledgedMillis, long fromMillis, long toMillis) {}

  /** By the events as they happened: a window is (t - W, t]. */
  OptionalLong byEvents(Service service, long until) {
    List<Event> events = service.events(measuredFrom, until);
    return events.stream()
        .filter(Event::bad)
        .mapToLong(Event::atMillis)
        .filter(at -> holds(known(events, at), at, false))
        .findFirst();
  }

  /**
   * By what was acknowledged: a window begins with the cell in which t - W lies, and is asked for
   * at each acknowledgement and at each boundary of slices.
   */
  OptionalLong byArrival(Service service, List<Arrival> arrivals) {
    List<Arrival> ordered =
        arrivals.stream().sorted(Comparator.comparing(Arrival::acknowledgedMillis)).toList();
    List<Event> events = new ArrayList<>();
    int next = 0;
    for (long at : instants(ordered, service.failsFrom())) {
      while (next < ordered.size() && ordered.get(next).acknowledgedMillis() <= at) {
        Arrival arrival = ordered.get(next++);
        events.addAll(service.events(arrival.fromMillis(), arrival.toMillis()));
      }
      if (holds(events, at, true)) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  private static TreeSet<Long> instants(List<Arrival> arrivals, long from) {
    TreeSet<Long> instants = new TreeSet<>();
    for (Arrival arrival : arrivals) {
      long at = arrival.acknowledgedMillis();
      if (at >= from) {
        instants.add(at);
        instants.add(floor(at, SLICE_MILLIS) + SLICE_MILLIS);
      }
    }
    return instants;
  }

  private static List<Event> known(List<Event> events, long at) {
    return events.stream().takeWhile(event -> event.atMillis() <= at).toList();
  }

  private boolean holds(List<Event> events, long at, boolean cells) {
    return POLICIES.stream()
        .anyMatch(
            policy ->
                burns(events, at, policy.longMillis(), policy.factor(), cells)
                    && burns(events, at, policy.shortMillis(), policy.factor(), cells));
  }

  /** bad x measured > factor x (1 - target) x total x |W|. */
  private boolean burns(
      List<Event> events, long at, long windowMillis, BigDecimal factor, boolean cells) {
    long cell = windowMillis == SIX_HOURS_MILLIS ? MINUTE_MILLIS : SLICE_MILLIS;
    long start = cells ? floor(at - windowMillis, cell) : at - windowMillis + 1;
    long length = cells ? at - start : windowMillis;
    long measured = Math.min(length, at - measuredFrom);
    long total = events.stream().filter(event -> event.atMillis() >= start).count();
    long bad = events.stream().filter(event -> event.atMillis() >= start && event.bad()).count();
    BigDecimal spent = BigDecimal.valueOf(bad).multiply(BigDecimal.valueOf(measured));
    BigDecimal whole = BigDecimal.valueOf(total).multiply(BigDecimal.valueOf(length));
    return spent.compareTo(factor.multiply(BUDGET).multiply(whole)) > 0;
  }

  private static long floor(long millis, long step) {
    return Math.floorDiv(millis, step) * step;
  }
}
