// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.Slo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Budgets and alerts of one SLO by brute force: every number is summed again from all that was ever
 * counted. Shares nothing with the engine but the SLO. All times are epoch milliseconds.
 */
class Oracle {

  private static final long SECOND = 1_000;
  private static final long SILENCE = 10 * SECOND;
  private static final BigDecimal ENOUGH = new BigDecimal("0.9");

  final Slo slo;
  private final long effectiveFrom;
  private final NavigableSet<Long> periodStarts;
  private final long periodCell;
  private final Map<String, Region> regions = new TreeMap<>();
  private final Map<String, String> open = new HashMap<>();
  private final Map<String, Long> resolved = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  long t;
  private long wall;
  private int missed;
  long endsBefore = Long.MAX_VALUE;

  Oracle(Slo slo, long effectiveFrom) {
    this(slo, effectiveFrom, new TreeSet<>(), 0);
  }

  /**
   * @param periodStarts by a calendar, written down by hand; none where the period rolls
   * @param periodCell what is ahead of the clock is in the period with its cell, seconds
   */
  Oracle(Slo slo, long effectiveFrom, NavigableSet<Long> periodStarts, long periodCell) {
    this.slo = slo;
    this.effectiveFrom = effectiveFrom;
    this.periodStarts = periodStarts;
    this.periodCell = periodCell;
  }

  static final class Region {
    final TreeMap<Long, long[]> slices = new TreeMap<>();
    final Map<Integer, Long> partitions = new HashMap<>();
    final List<long[]> gaps = new ArrayList<>();
    boolean counted;
    long progress = Long.MIN_VALUE;
    long behindUntil = Long.MIN_VALUE;
    BigDecimal rate = BigDecimal.ONE;
  }

  void progress(String name, int partition, long at) {
    Region region = region(name);
    region.partitions.put(partition, at);
    long least = region.partitions.values().stream().min(Long::compare).orElseThrow();
    long before = region.progress;
    if (region.progress != Long.MIN_VALUE && least - region.progress > SILENCE) {
      region.gaps.add(new long[] {region.progress, least});
    }
    region.progress = Math.max(region.progress, least);
    if (before != Long.MIN_VALUE) {
      lookBack(name, region, before);
    }
  }

  /**
   * A boundary that the wall clock passed while the region was over 10 s behind is judged again
   * when its progress gets there, by what ended before it.
   */
  private void lookBack(String name, Region region, long before) {
    if (wall - before > SILENCE) {
      region.behindUntil = wall;
    }
    long boundary = Math.floorDiv(before, 10 * SECOND) * 10 * SECOND + 10 * SECOND;
    if (!region.counted || boundary > region.progress || boundary > region.behindUntil) {
      return;
    }
    long now = t;
    t = boundary;
    endsBefore = boundary;
    openWhatWasMissed(name, boundary);
    boolean silent = region.gaps.stream().anyMatch(g -> g[0] <= boundary && boundary < g[1]);
    if (!silent && counted().stream().allMatch(r -> waitsNoMore(r, boundary))) {
      openWhatWasMissed("global", boundary);
    }
    endsBefore = Long.MAX_VALUE;
    t = now;
  }

  private static boolean waitsNoMore(Region region, long boundary) {
    return region.progress == Long.MIN_VALUE
        || region.progress >= boundary
        || boundary - region.progress > 300 * SECOND;
  }

  private void openWhatWasMissed(String scope, long boundary) {
    for (BurnPolicy policy : slo.policies()) {
      String key = scope + "/" + policy.name();
      if (!open.containsKey(key)
          && boundary > resolved.getOrDefault(key, Long.MIN_VALUE)
          && holds(scope, policy)) {
        missed++;
        open.put(key, "FIRING");
        told.add(key + "/FIRING");
      }
    }
  }

  void counts(String name, long appendedAt, long sliceSeconds, long good, long total) {
    Region region = region(name);
    region.counted = true;
    long[] cell = region.slices.computeIfAbsent(sliceSeconds, s -> new long[2]);
    cell[0] += total - good;
    cell[1] += total;
    t = Math.max(t, appendedAt);
  }

  /** After all cells of a batch. */
  void decideAfterBatch(String region) {
    openWhatHolds(region);
    openWhatHolds("global");
  }

  void passTo(long at) {
    t = Math.max(t, at);
  }

  void boundary(long at) {
    wall = at;
    t = Math.max(t, at);
    counted().forEach(this::learn);
    for (String scope : scopes()) {
      openWhatHolds(scope);
      for (BurnPolicy policy : slo.policies()) {
        String key = scope + "/" + policy.name();
        if (open.containsKey(key) && !holds(scope, policy)) {
          settle(scope, policy, key);
        }
      }
    }
  }

  /** Alerts that only hindsight opened. */
  int missed() {
    return missed;
  }

  /** What the engine must have told since the last call: scope/policy/state. */
  List<String> told() {
    List<String> result = List.copyOf(told);
    told.clear();
    return result;
  }

  /** Bad and total of a window now. */
  long[] sum(String scope, Duration window) {
    long[] sum = new long[2];
    members(scope).forEach(region -> add(sum, sum(region, window)));
    return sum;
  }

  /** Bad and total of the period now. */
  long[] period(String scope) {
    if (periodStarts.isEmpty()) {
      return sum(scope, slo.period().longest());
    }
    long start = periodStarts.floor(t);
    long[] sum = new long[2];
    for (Region region : members(scope)) {
      region.slices.forEach(
          (slice, values) -> {
            long cell = Math.floorDiv(slice, periodCell) * periodCell;
            if (slice * SECOND >= start && cell * SECOND <= t) {
              add(sum, values);
            }
          });
    }
    return sum;
  }

  /** Bad and total of all that was ever counted. */
  long[] everything(String scope) {
    long[] sum = new long[2];
    for (Region region : members(scope)) {
      region.slices.values().forEach(cell -> add(sum, cell));
    }
    return sum;
  }

  List<String> scopes() {
    List<String> scopes = new ArrayList<>();
    regions.forEach(
        (name, region) -> {
          if (region.counted) {
            scopes.add(name);
          }
        });
    scopes.add("global");
    return scopes;
  }

  boolean holds(String scope, BurnPolicy policy) {
    return exceeds(scope, policy.longWindow(), policy.factor())
        && exceeds(scope, policy.shortWindow(), policy.factor());
  }

  private void openWhatHolds(String scope) {
    for (BurnPolicy policy : slo.policies()) {
      String key = scope + "/" + policy.name();
      if (!"FIRING".equals(open.get(key)) && holds(scope, policy)) {
        open.put(key, "FIRING");
        told.add(key + "/FIRING");
      }
    }
  }

  private void settle(String scope, BurnPolicy policy, String key) {
    if (coverage(scope, policy.shortWindow()).compareTo(ENOUGH) >= 0) {
      open.remove(key);
      resolved.put(key, t);
      told.add(key + "/RESOLVED");
    } else {
      if (!"FROZEN".equals(open.put(key, "FROZEN"))) {
        told.add(key + "/FROZEN");
      }
    }
  }

  /** sum of bad > factor x (1 - target) x sum of (total x |W| / measured), without division. */
  boolean exceeds(String scope, Duration window, BigDecimal factor) {
    Share share = share(scope, window);
    BigDecimal allowed =
        factor.multiply(BigDecimal.ONE.subtract(slo.target())).multiply(share.total());
    return share.bad().compareTo(allowed) > 0;
  }

  /** Bad and total of a window, both times the same number. */
  record Share(BigDecimal bad, BigDecimal total, BigDecimal times) {}

  Share share(String scope, Duration window) {
    long length = t - start(window);
    BigDecimal product = BigDecimal.ONE;
    List<long[]> parts = new ArrayList<>();
    for (Region region : members(scope)) {
      long measured = measured(region, start(window));
      if (measured > 0) {
        long[] sum = sum(region, window);
        parts.add(new long[] {sum[0], sum[1], measured});
        product = product.multiply(BigDecimal.valueOf(measured));
      }
    }
    BigDecimal bad = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;
    for (long[] part : parts) {
      bad = bad.add(BigDecimal.valueOf(part[0]));
      BigDecimal others =
          product.divideToIntegralValue(BigDecimal.valueOf(part[2]), MathContext.UNLIMITED);
      total = total.add(BigDecimal.valueOf(part[1]).multiply(others));
    }
    return new Share(bad.multiply(product), total.multiply(BigDecimal.valueOf(length)), product);
  }

  BigDecimal coverage(String scope, Duration window) {
    long start = Math.max(start(window), effectiveFrom);
    BigDecimal measured = BigDecimal.ZERO;
    BigDecimal all = BigDecimal.ZERO;
    for (Region region : members(scope)) {
      measured = measured.add(region.rate.multiply(BigDecimal.valueOf(measured(region, start))));
      all = all.add(region.rate.multiply(BigDecimal.valueOf(t - start)));
    }
    return all.signum() == 0 ? BigDecimal.ONE : measured.divide(all, MathContext.DECIMAL128);
  }

  private void learn(Region region) {
    Duration hour = Duration.ofHours(1);
    long measured = measured(region, start(hour));
    long total = sum(region, hour)[1];
    if (measured > 0 && total > 0) {
      region.rate =
          BigDecimal.valueOf(total).divide(BigDecimal.valueOf(measured), MathContext.DECIMAL128);
    }
  }

  private long measured(Region region, long windowStart) {
    long start = Math.max(windowStart, effectiveFrom);
    long unmeasured = 0;
    for (long[] gap : region.gaps) {
      unmeasured += Math.max(0, Math.min(gap[1], t) - Math.max(gap[0], start));
    }
    if (region.progress != Long.MIN_VALUE && t - region.progress > SILENCE) {
      unmeasured += t - Math.max(region.progress, start);
    }
    return Math.max(0, t - start - unmeasured);
  }

  private long[] sum(Region region, Duration window) {
    long cell = cellSeconds(window);
    long[] sum = new long[2];
    region.slices.forEach(
        (slice, values) -> {
          long floor = Math.floorDiv(slice, cell) * cell;
          if (floor * SECOND >= start(window)
              && floor * SECOND <= t
              && slice * SECOND < endsBefore) {
            add(sum, values);
          }
        });
    return sum;
  }

  private long start(Duration window) {
    long cell = cellSeconds(window) * SECOND;
    return Math.floorDiv(t - window.toMillis(), cell) * cell;
  }

  private static long cellSeconds(Duration window) {
    double hours = window.toSeconds() / 3_600.0;
    return hours <= 2 ? 10 : hours <= 6.5 ? 60 : hours <= 78 ? 300 : 3_600;
  }

  Region region(String name) {
    return regions.computeIfAbsent(name, n -> new Region());
  }

  private Collection<Region> counted() {
    return regions.values().stream().filter(region -> region.counted).toList();
  }

  Collection<Region> members(String scope) {
    return scope.equals("global") ? counted() : List.of(region(scope));
  }

  private static void add(long[] sum, long[] values) {
    sum[0] += values[0];
    sum[1] += values[1];
  }
}
