// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle.brute;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Budgets and burn rates of one promise at an instant, from all that came until now. Instants are
 * epoch milliseconds, scopes are regions and {@link #GLOBAL}.
 */
public final class Truth {

  public static final String GLOBAL = "global";

  private static final int SHOWN_DIGITS = 9;
  private static final int SLICE_DIGITS = 12;
  private static final int LEAST_PART = 10;

  private final Promise promise;
  private final long from;
  private final Counted counted;
  private final Map<String, Reports> reports = new TreeMap<>();
  private final List<Truth> parts;
  private boolean took;

  /**
   * @param from start of the promise
   * @param parts of one that is made of others; each is told of batches before this is
   */
  public Truth(Promise promise, long from, List<Truth> parts) {
    this.promise = promise;
    this.from = from;
    this.counted = new Counted(promise, from);
    this.parts = parts;
  }

  public Promise promise() {
    return promise;
  }

  /** True when some event of the batch counts. */
  public boolean take(Batch batch) {
    took = counted.take(batch) || parts.stream().anyMatch(part -> part.took);
    return took;
  }

  /** Events that came more than a day after they happened, and count. */
  public int late() {
    return counted.late;
  }

  /** Events that are older than the period and a day. */
  public int tooOld() {
    return counted.tooOld;
  }

  public void report(String region, long at) {
    reports.computeIfAbsent(region, r -> new Reports()).report(at);
  }

  /** Regions with events, and all of them. */
  public List<String> scopes() {
    return Stream.concat(regions().stream(), Stream.of(GLOBAL)).toList();
  }

  private Collection<String> regions() {
    TreeSet<String> regions = new TreeSet<>(counted.regions.keySet());
    parts.forEach(part -> regions.addAll(part.regions()));
    return regions;
  }

  /** Bad and all events. */
  public record Sum(long bad, long total) {
    Sum and(Sum other) {
      return new Sum(bad + other.bad, total + other.total);
    }
  }

  /** A fraction: what is spent over what may be. */
  public record Rate(BigDecimal top, BigDecimal bottom) {

    /** To nine digits, half up. */
    public BigDecimal shown() {
      return top.divide(bottom, SHOWN_DIGITS, RoundingMode.HALF_UP);
    }

    boolean exceeds(BigDecimal factor) {
      return top.compareTo(factor.multiply(bottom)) > 0;
    }
  }

  public Sum ever(String scope) {
    return parts.stream()
        .map(part -> part.ever(scope))
        .reduce(sum(scope, Long.MIN_VALUE, Long.MAX_VALUE), Sum::and);
  }

  /** By minute of the ledger, epoch seconds. */
  public Map<Long, Sum> minutes(String region) {
    Map<Long, Sum> minutes = new TreeMap<>();
    counted
        .regions
        .getOrDefault(region, new TreeMap<>())
        .forEach(
            (slice, cell) ->
                minutes.merge(
                    Math.floorDiv(slice, 60L) * 60,
                    new Sum(cell[0], cell[1]),
                    (a, b) -> new Sum(a.bad + b.bad, a.total + b.total)));
    return minutes;
  }

  /** Events of the period up to an instant: those of its cells that have begun. */
  public Sum period(String scope, long at) {
    if (!parts.isEmpty()) {
      return parts.stream().map(part -> part.period(scope, at)).reduce(new Sum(0, 0), Sum::and);
    }
    return window(scope, at, periodCell(), promise.period().start(at), Long.MAX_VALUE);
  }

  /** Share of the budget that events spent, 9 digits. */
  public BigDecimal spent(String scope, long at) {
    return periodShare(scope, at)
        .map(share -> new Rate(share.bad(), budget().multiply(share.total())).shown())
        .orElse(BigDecimal.ZERO);
  }

  /** Share of the period's events that is good, 9 digits; empty where there is none. */
  public Optional<BigDecimal> goodShare(String scope, long at) {
    return periodShare(scope, at)
        .map(share -> new Rate(share.total().subtract(share.bad()), share.total()).shown());
  }

  private Optional<Composition.Share> periodShare(String scope, long at) {
    if (promise.composition().isPresent()) {
      return composed(part -> part.periodShare(scope, at));
    }
    Sum sum = period(scope, at);
    return sum.total == 0
        ? Optional.empty()
        : Optional.of(
            Composition.Share.of(
                BigInteger.valueOf(sum.bad), BigInteger.valueOf(sum.total), BigInteger.ONE));
  }

  private Optional<Composition.Share> composed(Function<Truth, Optional<Composition.Share>> share) {
    List<Composition.Part> counted = new ArrayList<>();
    for (Truth part : parts) {
      share
          .apply(part)
          .ifPresent(each -> counted.add(new Composition.Part(part.promise.name(), each)));
    }
    return promise.composition().orElseThrow().of(counted);
  }

  /**
   * Burn rate of events over a rolling window; empty where nothing was measured.
   *
   * @param endsBefore events of later slices are left out, epoch milliseconds
   */
  public Optional<Rate> burn(String scope, long seconds, long at, long endsBefore) {
    return share(scope, seconds, at, endsBefore)
        .map(share -> new Rate(share.bad(), budget().multiply(share.total())));
  }

  private Optional<Composition.Share> share(String scope, long seconds, long at, long endsBefore) {
    if (promise.composition().isPresent()) {
      return composed(part -> part.share(scope, seconds, at, endsBefore));
    }
    long cell = cell(seconds);
    long start = floor(at - seconds * 1_000, cell * 1_000);
    long length = at - start;
    BigInteger product = BigInteger.ONE;
    for (String region : members(scope)) {
      product = product.multiply(BigInteger.valueOf(Math.max(1, measured(region, start, at))));
    }
    BigInteger bad = BigInteger.ZERO;
    BigInteger total = BigInteger.ZERO;
    for (String region : members(scope)) {
      long measured = measured(region, start, at);
      if (measured > 0) {
        Sum sum = window(region, at, cell, at - seconds * 1_000, endsBefore);
        BigInteger whole = BigInteger.valueOf(length).multiply(product);
        bad = bad.add(BigInteger.valueOf(sum.bad).multiply(product));
        total =
            total.add(
                BigInteger.valueOf(sum.total).multiply(whole).divide(BigInteger.valueOf(measured)));
      }
    }
    return total.signum() == 0
        ? Optional.empty()
        : Optional.of(Composition.Share.of(bad, total, product));
  }

  /** Both windows of a policy burn faster than its factor. */
  public boolean holds(String scope, Promise.Policy policy, long at, long endsBefore) {
    return exceeds(burn(scope, policy.longSeconds(), at, endsBefore), policy)
        && exceeds(burn(scope, policy.shortSeconds(), at, endsBefore), policy);
  }

  /**
   * Slices that were bad and ended by then, of the period that contains an instant.
   *
   * @param at not before the last judged slice
   */
  public BigDecimal badSlices(String scope, long judgedTo, long at) {
    Stretch period = promise.period();
    return badBetween(scope, period.rolls() ? period.start(judgedTo) : period.start(at), judgedTo);
  }

  /** Slices of a window that ends with the last judged one. */
  public BigDecimal badSlicesIn(String scope, long seconds, long judgedTo) {
    return badBetween(scope, judgedTo - seconds * 1_000, judgedTo);
  }

  /** A window of judged slices burns faster than a factor. */
  public boolean exceedsBySlices(String scope, long seconds, long judgedTo, BigDecimal factor) {
    BigDecimal slices = BigDecimal.valueOf(seconds / promise.sliceSeconds());
    BigDecimal allowed = factor.multiply(budget()).multiply(slices);
    return badSlicesIn(scope, seconds, judgedTo).compareTo(allowed) > 0;
  }

  /** Slices of the whole period that may be bad. */
  public BigDecimal allowedSlices(long at) {
    long slices = promise.period().length(at) / (promise.sliceSeconds() * 1_000);
    return budget().multiply(BigDecimal.valueOf(slices));
  }

  public BigDecimal budget() {
    return BigDecimal.ONE.subtract(promise.target());
  }

  private BigDecimal badBetween(String scope, long start, long judgedTo) {
    long length = promise.sliceSeconds() * 1_000;
    TreeSet<Long> slices = new TreeSet<>();
    for (String region : members(scope)) {
      cells(region).keySet().forEach(cell -> slices.add(floor(cell * 1_000, length)));
    }
    BigDecimal bad = BigDecimal.ZERO;
    for (long slice : slices) {
      if (slice >= start && slice + length <= judgedTo) {
        bad = bad.add(badSlice(scope, slice, slice + length));
      }
    }
    return bad;
  }

  /** A part that was not reported is taken to be as busy, and good. */
  private BigDecimal badSlice(String scope, long start, long end) {
    BigInteger product = BigInteger.ONE;
    for (String region : members(scope)) {
      product = product.multiply(BigInteger.valueOf(Math.max(1, reported(region, start, end))));
    }
    BigInteger bad = BigInteger.ZERO;
    BigInteger total = BigInteger.ZERO;
    for (String region : members(scope)) {
      long reported = reported(region, start, end);
      Sum sum = reported * LEAST_PART >= end - start ? sum(region, start, end) : new Sum(0, 0);
      BigInteger whole = BigInteger.valueOf(end - start).multiply(product);
      bad = bad.add(BigInteger.valueOf(sum.bad).multiply(product));
      total =
          total.add(
              BigInteger.valueOf(sum.total)
                  .multiply(whole)
                  .divide(BigInteger.valueOf(Math.max(1, reported))));
    }
    return total.signum() == 0
        ? BigDecimal.ZERO
        : spent(new BigDecimal(bad), new BigDecimal(total));
  }

  /** Both times the same number. */
  private BigDecimal spent(BigDecimal bad, BigDecimal total) {
    if (promise.sliceTarget().isEmpty()) {
      return bad.divide(total, SLICE_DIGITS, RoundingMode.DOWN);
    }
    BigDecimal wanted = promise.sliceTarget().get().multiply(total);
    return total.subtract(bad).compareTo(wanted) >= 0 ? BigDecimal.ZERO : BigDecimal.ONE;
  }

  private long reported(String region, long start, long end) {
    Reports reported = reports.get(region);
    return reported == null ? 0 : reported.reported(start, end, from);
  }

  private static boolean exceeds(Optional<Rate> burn, Promise.Policy policy) {
    return burn.isPresent() && burn.get().exceeds(policy.factor());
  }

  private long measured(String region, long start, long at) {
    Reports reported = reports.get(region);
    return reported == null
        ? Math.max(0, at - Math.max(start, from))
        : reported.measured(start, at, from);
  }

  /** The cells from that of a start through the one that is open. */
  private Sum window(String scope, long at, long cellSeconds, long start, long endsBefore) {
    long firstCell = floor(start, cellSeconds * 1_000);
    long openEnds = floor(at, cellSeconds * 1_000) + cellSeconds * 1_000;
    return sum(scope, firstCell, Math.min(openEnds, endsBefore));
  }

  private Sum sum(String scope, long start, long end) {
    long bad = 0;
    long total = 0;
    for (String region : members(scope)) {
      for (long[] cell : cells(region).subMap(seconds(start), seconds(end)).values()) {
        bad += cell[0];
        total += cell[1];
      }
    }
    return new Sum(bad, total);
  }

  /** Of the first slice that starts then or later. */
  private static long seconds(long millis) {
    return Math.ceilDiv(millis, 1_000L);
  }

  private TreeMap<Long, long[]> cells(String region) {
    return counted.regions.getOrDefault(region, new TreeMap<>());
  }

  private Collection<String> members(String scope) {
    return scope.equals(GLOBAL) ? counted.regions.keySet() : List.of(scope);
  }

  private long periodCell() {
    Stretch period = promise.period();
    return period.rolls() ? cell(period.seconds()) : period.onHours() ? 3_600 : 900;
  }

  /** Of the ladder in pipeline.md, section 5. */
  private static long cell(long seconds) {
    return seconds <= 7_200 ? 10 : seconds <= 23_400 ? 60 : seconds <= 280_800 ? 300 : 3_600;
  }

  private static long floor(long millis, long length) {
    return Math.floorDiv(millis, length) * length;
  }
}
