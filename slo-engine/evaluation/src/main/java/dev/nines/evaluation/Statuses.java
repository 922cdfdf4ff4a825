// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRate;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.SliceBudget;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.TimeWindow;
import dev.nines.transport.Sums;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Describes a scope as {@code slo.status} shows it. */
final class Statuses {

  private static final long QUALITY_MILLIS = Duration.ofHours(1).toMillis();

  private final Regions regions;
  private final Coverage coverage;
  private final MissingEvents missing;

  Statuses(Regions regions, Coverage coverage, MissingEvents missing) {
    this.regions = regions;
    this.coverage = coverage;
    this.missing = missing;
  }

  SloStatus of(Line line, Scope scope) {
    Slo slo = scope.definition().slo();
    long missed = missing.in(scope, slo.period());
    long total = Sums.capped(scope.total(slo.period()), missed);
    long uncertain = scope.uncertain(slo.period());
    long bad = Sums.capped(scope.bad(slo.period()), missed);
    long good = Math.max(0, total - bad - uncertain);
    BigDecimal covered =
        coverage.of(scope.counts(), scope.definition(), slo.period(), scope.atMillis());
    List<String> silent = scope.silentRegions();
    return new SloStatus(
        line.slo(),
        scope.definition().generation(),
        line.number(),
        scope.name(),
        Instant.ofEpochMilli(scope.atMillis()),
        slo.target(),
        slo.period(),
        periodFrom(scope),
        good,
        total,
        uncertain,
        missed,
        sum(scope, RegionCounts::runGood),
        sum(scope, RegionCounts::runTotal),
        sum(scope, RegionCounts::runUncertain),
        scope.spent(missed),
        slices(scope),
        slo.policies().stream().map(policy -> burn(line, scope, policy)).toList(),
        covered,
        completeTo(scope),
        unmeasuredSince(scope, silent),
        silent,
        traffic(line, scope.name()),
        quality(scope, covered, missed));
  }

  private static SloStatus.@Nullable SpentSlices slices(Scope scope) {
    SliceSums sums = scope.slices().orElse(null);
    if (sums == null) {
      return null;
    }
    SliceBudget budget = sums.budget(scope.definition().slo());
    return new SloStatus.SpentSlices(sums.budgeting().slice(), budget.bad(), budget.allowed());
  }

  private static Instant periodFrom(Scope scope) {
    TimeWindow period = scope.definition().slo().period();
    return Instant.ofEpochSecond(Rung.of(period).firstCell(scope.atMillis(), period));
  }

  private static long sum(Scope scope, ToLongFunction<RegionCounts> run) {
    return scope.counts().stream().mapToLong(run).reduce(0, Sums::capped);
  }

  private static SloStatus.@Nullable Traffic traffic(Line line, String scope) {
    Traffic last = line.traffic().get(scope);
    Vanishing vanishing = line.vanishings().get(scope);
    return last == null
        ? null
        : new SloStatus.Traffic(
            Instant.ofEpochSecond(last.toSeconds()),
            last.counted(),
            last.known() ? last.expected() : null,
            vanishing != null && vanishing.open());
  }

  private static SloStatus.Burn burn(Line line, Scope scope, BurnPolicy policy) {
    Alert alert = line.alerts().get(Line.alertKey(scope.name(), policy.name()));
    return new SloStatus.Burn(
        policy.name(),
        shown(scope, policy.longTimeWindow()),
        shown(scope, policy.shortTimeWindow()),
        policy.factor(),
        alert != null && alert.state() != State.RESOLVED);
  }

  private static @Nullable BigDecimal shown(Scope scope, TimeWindow window) {
    return scope.burn(window).map(BurnRate::shown).orElse(null);
  }

  private @Nullable Instant completeTo(Scope scope) {
    OptionalLong millis =
        scope.name().equals(SloStatus.GLOBAL)
            ? regions.completeToOfAll(scope.atMillis(), scope.series())
            : regions.completeTo(Regions.track(scope.name(), scope.series()));
    return millis.isEmpty() ? null : Instant.ofEpochMilli(millis.getAsLong());
  }

  private @Nullable Instant unmeasuredSince(Scope scope, List<String> silent) {
    OptionalLong since =
        silent.stream()
            .map(region -> Regions.track(region, scope.series()))
            .flatMapToLong(track -> regions.silentSince(track, scope.atMillis()).stream())
            .min();
    return since.isEmpty() ? null : Instant.ofEpochMilli(since.getAsLong());
  }

  private static List<String> quality(Scope scope, BigDecimal covered, long missed) {
    long since = scope.atMillis() - QUALITY_MILLIS;
    List<String> words = new ArrayList<>();
    if (scope.definition().slo().indicator().partsOfEvent() > 1) {
      words.add("parts");
    }
    if (scope.uncertain(scope.definition().slo().period()) > 0) {
      words.add("bounds");
    }
    if (scope.counts().stream().anyMatch(counts -> counts.lateSince(since))) {
      words.add("late");
    }
    if (scope.counts().stream().anyMatch(counts -> counts.skewedSince(since))) {
      words.add("skew");
    }
    if (missed > 0) {
      words.add("missing");
    }
    if (covered.compareTo(BigDecimal.ONE) < 0) {
      words.add("unmeasured");
    }
    return words;
  }
}
