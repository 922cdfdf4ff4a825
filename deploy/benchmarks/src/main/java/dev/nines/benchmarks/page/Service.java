// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A service with one SLO of 99.9 % over 30 days and uniform traffic: one request in each period.
 * From an instant on, if one is given, every request fails. One that never fails may have a quieter
 * past: to be loaded takes fewer requests than to be busy.
 */
final class Service {

  private static final long NEVER = Long.MAX_VALUE;

  /** Spreads the requests of many services over the period. */
  private static final long STRIDE_MILLIS = 137;

  private final int number;
  private final String name;
  private final long everyMillis;
  private final long quietMillis;
  private volatile long failsFrom = NEVER;
  private volatile long busyFrom = NEVER;

  /** Always as busy. */
  Service(int number, long everyMillis) {
    this(number, everyMillis, everyMillis);
  }

  /**
   * @param quietMillis its period until {@link #busyFrom} is said
   */
  Service(int number, long everyMillis, long quietMillis) {
    this.number = number;
    this.name = "service-%05d".formatted(number);
    this.everyMillis = everyMillis;
    this.quietMillis = quietMillis;
  }

  String name() {
    return name;
  }

  /** Name of its SLO. */
  String slo() {
    return "availability-%05d".formatted(number);
  }

  /**
   * @param millis to come: what has been asked for must not change
   */
  void failFrom(long millis) {
    failsFrom = millis;
  }

  long failsFrom() {
    return failsFrom;
  }

  /**
   * @param millis to come: what has been asked for must not change
   */
  void busyFrom(long millis) {
    busyFrom = millis;
  }

  /** Requests that ended in [from, to). */
  List<Event> events(long from, long to) {
    List<Event> events = new ArrayList<>();
    add(events, from, Math.min(to, busyFrom), quietMillis);
    add(events, Math.max(from, busyFrom), to, everyMillis);
    return events;
  }

  private void add(List<Event> events, long from, long to, long period) {
    for (long at = first(from, period); at < to; at += period) {
      events.add(new Event(at, at >= failsFrom));
    }
  }

  /** How many ended in [from, to), good and bad. */
  long total(long from, long to) {
    return count(from, Math.min(to, busyFrom), quietMillis)
        + count(Math.max(from, busyFrom), to, everyMillis);
  }

  /** How many of them failed. */
  long bad(long from, long to) {
    return failsFrom == NEVER ? 0 : total(Math.max(from, failsFrom), to);
  }

  private long count(long from, long to, long period) {
    return from >= to ? 0 : Math.max(0, Math.ceilDiv(to - first(from, period), period));
  }

  private long first(long from, long period) {
    long offset = number * STRIDE_MILLIS % period;
    return from == NEVER ? NEVER : from + Math.floorMod(offset - from, period);
  }
}
