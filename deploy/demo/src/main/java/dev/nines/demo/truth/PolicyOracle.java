// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When an alert policy first became true, by brute force over the batches in the order of their
 * acknowledgement. A window at t is the 10 s cells from floor(t-W) on.
 */
public final class PolicyOracle {

  /** Events of one instant. */
  public record Events(long endNanos, Count count) {}

  /** Events that an objective selects, of one acknowledged batch. */
  public record Arrival(Instant acknowledged, List<Events> events) {}

  /**
   * @param earliest acknowledgement of the batch that made the policy true
   * @param firstBadNanos end of the first bad span in the window
   * @param lastEndNanos latest end of a span in that batch
   * @param lasted it still held 10 s later: only then is a page owed
   */
  record Due(Instant earliest, long firstBadNanos, long lastEndNanos, boolean lasted) {}

  private static final long CELL_SECONDS = 10;

  private final BigDecimal target;
  private final Instant effectiveFrom;
  private final NavigableMap<Long, Count> cells = new TreeMap<>();
  private final List<Long> badNanos = new ArrayList<>();

  PolicyOracle(BigDecimal target, Instant effectiveFrom) {
    this.target = target;
    this.effectiveFrom = effectiveFrom;
  }

  Optional<Due> firstDue(Objective.Policy policy, List<Arrival> arrivals) {
    @Nullable Due due = null;
    List<Arrival> ordered =
        arrivals.stream().sorted(Comparator.comparing(Arrival::acknowledged)).toList();
    for (Arrival arrival : ordered) {
      if (due != null && arrival.acknowledged().isAfter(due.earliest().plusSeconds(CELL_SECONDS))) {
        boolean lasted = holds(policy, due.earliest().plusSeconds(CELL_SECONDS));
        if (lasted) {
          return Optional.of(due(due.earliest(), due.firstBadNanos(), due.lastEndNanos(), true));
        }
        due = null;
      }
      add(arrival);
      if (due == null && holds(policy, arrival.acknowledged())) {
        due = due(arrival.acknowledged(), firstBad(), lastEnd(arrival), false);
      }
    }
    return Optional.ofNullable(due);
  }

  private static Due due(Instant earliest, long firstBad, long lastEnd, boolean lasted) {
    return new Due(earliest, firstBad, lastEnd, lasted);
  }

  private void add(Arrival arrival) {
    for (Events events : arrival.events()) {
      long second = Math.floorDiv(events.endNanos(), 1_000_000_000L);
      cells.merge(floor(second), events.count(), Count::plus);
      if (events.count().bad() > 0) {
        badNanos.add(events.endNanos());
      }
    }
  }

  private boolean holds(Objective.Policy policy, Instant at) {
    return burns(policy.longWindow(), policy, at) && burns(policy.shortWindow(), policy, at);
  }

  /** bad x measured > factor x (1 - target) x total x |W|. */
  private boolean burns(Duration window, Objective.Policy policy, Instant at) {
    long from = floor(at.minus(window).getEpochSecond());
    Count count = cells.tailMap(from, true).values().stream().reduce(Count.NONE, Count::plus);
    BigDecimal length = nanos(Instant.ofEpochSecond(from), at);
    BigDecimal measured = length.min(nanos(effectiveFrom, at)).max(BigDecimal.ZERO);
    BigDecimal budget = BigDecimal.ONE.subtract(target);
    BigDecimal spent = BigDecimal.valueOf(count.bad()).multiply(measured);
    BigDecimal allowed = BigDecimal.valueOf(count.total()).multiply(budget).multiply(length);
    return spent.compareTo(policy.factor().multiply(allowed)) > 0;
  }

  private long firstBad() {
    return badNanos.stream().mapToLong(Long::longValue).min().orElse(0);
  }

  private static long lastEnd(Arrival arrival) {
    return arrival.events().stream().mapToLong(Events::endNanos).max().orElse(0);
  }

  private static BigDecimal nanos(Instant from, Instant to) {
    return BigDecimal.valueOf(Duration.between(from, to).toNanos());
  }

  private static long floor(long second) {
    return Math.floorDiv(second, CELL_SECONDS) * CELL_SECONDS;
  }
}
