// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Budget;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRate;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.EventShare;
import dev.nines.objectives.Fraction;
import dev.nines.objectives.RegionWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.TimeWindow;
import dev.nines.transport.Sums;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One region of a line, or all of them, at one instant: the windows have been moved there. What a
 * composite spends follows from what each component does in the same scope and window.
 *
 * @param slices of a budget that slices spend
 * @param name a region, or {@link dev.nines.objectives.SloStatus#GLOBAL}
 */
record Scope(
    String name,
    Collection<RegionCounts> counts,
    Definition definition,
    long atMillis,
    Regions regions,
    Optional<SliceSums> slices) {

  /** Of a composite, each component here, also one that counted nothing here; else none. */
  List<Scope> parts() {
    return definition.parts().stream()
        .map(part -> new Scope(name, of(part), part, atMillis, regions, Optional.empty()))
        .toList();
  }

  long bad(TimeWindow window) {
    return sum(region -> region.bad(window));
  }

  long total(TimeWindow window) {
    return sum(region -> region.total(window));
  }

  long uncertain(TimeWindow window) {
    return sum(region -> region.uncertain(window));
  }

  /** Over its regions; of each status that is shown, many times. */
  long sum(ToLongFunction<RegionCounts> part) {
    long sum = 0;
    for (RegionCounts region : counts) {
      sum = Sums.capped(sum, part.applyAsLong(region));
    }
    return sum;
  }

  /** Progress of its regions covers metrics, else spans. */
  boolean series() {
    return !(definition.slo().indicator() instanceof SpanIndicator);
  }

  /**
   * Share of the budget that is spent, to 9 digits.
   *
   * @param missed events of the period that count bad and did not come; asked of each component
   */
  BigDecimal spent(ToLongFunction<Scope> missed) {
    Slo slo = definition.slo();
    if (slices.isPresent()) {
      return slices.get().budget(slo).spent();
    }
    if (!definition.parts().isEmpty()) {
      return badOfPeriod(missed)
          .map(bad -> BurnRate.of(slo.target(), bad).shown())
          .orElseGet(() -> BigDecimal.ZERO.setScale(BurnRate.SHOWN_DIGITS));
    }
    EventSum events = ofPeriod(missed);
    return new Budget(slo.target(), events.total() - events.bad(), events.total()).spent();
  }

  /**
   * The share of a composite's period that was bad; empty where no component has an event.
   *
   * @param missed as in {@link #spent}
   */
  Optional<Fraction> badOfPeriod(ToLongFunction<Scope> missed) {
    return together(
        part -> {
          EventSum events = part.ofPeriod(missed);
          return EventShare.of(events.bad(), events.total());
        });
  }

  Optional<BurnRate> burn(TimeWindow window) {
    if (!definition.parts().isEmpty()) {
      return together(part -> part.share(window))
          .map(bad -> BurnRate.of(definition.slo().target(), bad));
    }
    if (slices.isEmpty()) {
      return share(window).map(each -> BurnRate.of(definition.slo().target(), each.value()));
    }
    return slices.get().any() ? Optional.of(burn(slices.get(), window)) : Optional.empty();
  }

  private BurnRate burn(SliceSums sums, TimeWindow window) {
    return BurnRate.ofSlices(
        definition.slo().target(),
        sums.shortfall(window),
        sums.budgeting().slice(),
        window.longest().toMillis());
  }

  private record EventSum(long bad, long total) {}

  private EventSum ofPeriod(ToLongFunction<Scope> missed) {
    TimeWindow period = definition.slo().period();
    long missing = missed.applyAsLong(this);
    return new EventSum(Sums.capped(bad(period), missing), Sums.capped(total(period), missing));
  }

  private Optional<Fraction> together(Function<Scope, Optional<EventShare>> share) {
    Map<String, EventShare> shares = new HashMap<>();
    for (Scope part : parts()) {
      share.apply(part).ifPresent(each -> shares.put(part.definition.slo().id().name(), each));
    }
    return definition.slo().indicator() instanceof CompositeIndicator composite
        ? composite.bad(shares)
        : Optional.empty();
  }

  private Collection<RegionCounts> of(Definition part) {
    return counts.stream().filter(each -> each.key().slo().equals(part.slo().id())).toList();
  }

  private Optional<EventShare> share(TimeWindow window) {
    long length = Rung.lengthMillis(atMillis, window);
    List<RegionWindow> windows = new ArrayList<>(counts.size());
    for (RegionCounts region : counts) {
      long measured = measured(region, atMillis - length);
      windows.add(new RegionWindow(region.bad(window), region.total(window), measured));
    }
    return EventShare.of(length, windows);
  }

  /**
   * Both windows burn faster than the factor; where the SLO asks for it, surely enough, and with so
   * many failures.
   */
  boolean holds(BurnPolicy policy) {
    return (slices.isPresent() || mayHold(policy))
        && exceeds(policy.shortTimeWindow(), policy)
        && exceeds(policy.longTimeWindow(), policy)
        && sure(policy);
  }

  /**
   * In each window some region fails as fast as the factor, with all of it measured. Where none
   * does all of them together do not either, whatever of them was measured: that only slows. Asked
   * first, since it is no for nearly every batch.
   */
  private boolean mayHold(BurnPolicy policy) {
    Part least = definition.least(policy);
    return fails(policy.shortTimeWindow(), least) && fails(policy.longTimeWindow(), least);
  }

  private boolean fails(TimeWindow window, Part least) {
    for (RegionCounts region : counts) {
      if (region.fails(window, least)) {
        return true;
      }
    }
    return false;
  }

  /** Earliest slice with a bad event in a policy's long window; the window's start for none. */
  Instant firstBad(BurnPolicy policy) {
    Rung rung = Rung.of(policy.longTimeWindow());
    long from = rung.firstCell(atMillis, policy.longTimeWindow());
    long to = rung.cellOf(Math.floorDiv(atMillis, 1_000L));
    OptionalLong first =
        counts.stream()
            .flatMapToLong(region -> region.ladder().firstBad(rung, from, to).stream())
            .min();
    return Instant.ofEpochSecond(first.orElse(from));
  }

  /** Regions that are silent now, or were within a window. */
  List<String> unmeasuredRegions(TimeWindow window) {
    if (!definition.parts().isEmpty()) {
      return parts().stream()
          .flatMap(part -> part.unmeasuredRegions(window).stream())
          .distinct()
          .sorted()
          .toList();
    }
    long start =
        Math.max(atMillis - Rung.lengthMillis(atMillis, window), definition.measuredFromMillis());
    return counts.stream()
        .filter(region -> start < atMillis && measured(region, start) < atMillis - start)
        .map(region -> region.key().region())
        .toList();
  }

  List<String> silentRegions() {
    return counts.stream()
        .filter(region -> regions.silent(region.track(), atMillis))
        .map(region -> region.key().region())
        .distinct()
        .toList();
  }

  private boolean exceeds(TimeWindow window, BurnPolicy policy) {
    return burn(window).map(rate -> rate.meets(policy)).orElse(false);
  }

  private boolean sure(BurnPolicy policy) {
    TimeWindow window = policy.longTimeWindow();
    if (failures(window) < definition.slo().minFailures()) {
      return false;
    }
    return definition
        .confidence()
        .map(
            confidence ->
                confidence.exceeds(
                    bad(window), total(window), definition.slo().target(), policy.factor()))
        .orElse(true);
  }

  /** Bad events of a window, where slices spend the budget those of its slices. */
  private long failures(TimeWindow window) {
    return slices.isPresent() ? slices.get().failures(window) : bad(window);
  }

  private long measured(RegionCounts region, long start) {
    return regions.measuredMillis(region.track(), definition.measuredFromMillis(), start, atMillis);
  }
}
