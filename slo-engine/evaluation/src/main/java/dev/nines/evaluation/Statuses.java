// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRate;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Fraction;
import dev.nines.objectives.SliceBudget;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.TimeWindow;
import dev.nines.transport.Sums;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
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
    long missed = missed(scope);
    long total = Sums.capped(scope.total(slo.period()), missed);
    long uncertain = scope.uncertain(slo.period());
    long bad = Sums.capped(scope.bad(slo.period()), missed);
    long good = Math.max(0, total - bad - uncertain);
    BigDecimal covered = coverage.of(scope, slo.period());
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
        scope.sum(RegionCounts::runGood),
        scope.sum(RegionCounts::runTotal),
        scope.sum(RegionCounts::runUncertain),
        scope.spent(this::missed),
        slices(scope),
        slo.policies().stream().map(policy -> burn(line, scope, policy)).toList(),
        covered,
        completeTo(scope),
        unmeasuredSince(scope, silent),
        silent,
        traffic(line, scope.name()),
        quality(scope, covered, missed),
        composite(scope));
  }

  private long missed(Scope scope) {
    return missing.in(scope, scope.definition().slo().period());
  }

  private SloStatus.@Nullable Composite composite(Scope scope) {
    Slo slo = scope.definition().slo();
    if (!(slo.indicator() instanceof CompositeIndicator composite)) {
      return null;
    }
    return new SloStatus.Composite(
        composite.kind(),
        composite.kind().assumesIndependence(),
        scope.badOfPeriod(this::missed).map(Fraction.ONE::minus).map(Statuses::shown).orElse(null),
        composite.components().stream()
            .map(each -> component(part(scope, each.slo()), each.weight()))
            .toList());
  }

  private static Scope part(Scope scope, String component) {
    return scope.parts().stream()
        .filter(part -> part.definition().slo().id().name().equals(component))
        .findFirst()
        .orElseThrow();
  }

  private SloStatus.Component component(Scope part, BigDecimal weight) {
    Slo slo = part.definition().slo();
    long missed = missed(part);
    long total = Sums.capped(part.total(slo.period()), missed);
    long bad = Sums.capped(part.bad(slo.period()), missed);
    long good = Math.max(0, total - bad - part.uncertain(slo.period()));
    return new SloStatus.Component(slo.id(), weight, good, total, missed);
  }

  private static BigDecimal shown(Fraction share) {
    return new BurnRate(share.top(), share.bottom()).shown();
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
    Alert alert = line.alert(scope.name(), policy.name());
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

  /** Of a composite, to where all its components are. */
  private @Nullable Instant completeTo(Scope scope) {
    List<Scope> parts = scope.parts();
    if (!parts.isEmpty()) {
      List<Instant> all = parts.stream().map(this::completeTo).filter(Objects::nonNull).toList();
      return all.size() < parts.size() ? null : Collections.min(all);
    }
    OptionalLong millis =
        scope.name().equals(SloStatus.GLOBAL)
            ? regions.completeToOfAll(scope.atMillis(), scope.series())
            : regions.completeTo(Regions.track(scope.name(), scope.series()));
    return millis.isEmpty() ? null : Instant.ofEpochMilli(millis.getAsLong());
  }

  private @Nullable Instant unmeasuredSince(Scope scope, List<String> silent) {
    if (!scope.parts().isEmpty()) {
      return scope.parts().stream()
          .map(part -> unmeasuredSince(part, part.silentRegions()))
          .filter(Objects::nonNull)
          .min(Comparator.naturalOrder())
          .orElse(null);
    }
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
    if (scope.definition().slo().indicator() instanceof CompositeIndicator composite
        && composite.kind().assumesIndependence()) {
      words.add("assumes-independence");
    }
    return words;
  }
}
