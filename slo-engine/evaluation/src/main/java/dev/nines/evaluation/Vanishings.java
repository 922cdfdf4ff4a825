// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.JsonSerde;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Alerts of scopes whose traffic vanished. A region is judged at each minute that it is complete
 * to, all regions together when the last that reports is; only what was counted and measured
 * decides, so that an outage of the engine hides nothing: its minutes are judged one by one as they
 * come. The wall clock only freezes what is open where nothing is measured.
 */
final class Vanishings {

  /** No count waits longer for its slice, and for what was appended with it, but by an outage. */
  private static final long HELD_MILLIS = 60_000;

  /** No scope has this name. */
  private static final String JUDGED = "\u0000judged";

  private static final JsonSerde<Stored> JSON = new JsonSerde<>(Stored.class);

  private final KeyValueStore<String, byte[]> store;
  private final Expectations expectations;
  private final Regions regions;
  private final MissingEvents missing;
  private final EvaluationMetrics metrics;
  private final LongSupplier clock;
  private final Consumer<BurnRecord.Vanished> told;

  Vanishings(
      KeyValueStore<String, byte[]> store,
      Lines lines,
      Expectations expectations,
      Regions regions,
      MissingEvents missing,
      EvaluationMetrics metrics,
      LongSupplier clock,
      Consumer<BurnRecord.Vanished> told) {
    this.store = store;
    this.expectations = expectations;
    this.regions = regions;
    this.missing = missing;
    this.metrics = metrics;
    this.clock = clock;
    this.told = told;
    try (KeyValueIterator<String, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        Stored stored = JSON.read(entries.next().value);
        Line line = lines.of(stored.slo(), stored.line());
        Vanishing vanishing = stored.vanishing();
        if (vanishing == null) {
          line.judgedTo(stored.judgedTo());
        } else {
          line.vanishings().put(vanishing.scope(), vanishing);
        }
      }
    }
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** A vanishing with its line; without one, how far all regions of the line were judged. */
  record Stored(SloId slo, long line, @Nullable Vanishing vanishing, long judgedTo) {}

  /**
   * The region, and all of them unless one of them will soon be there too.
   *
   * @param toSeconds end of the minute that the region is complete to
   */
  void judge(Line line, String region, Definition definition, long toSeconds) {
    if (definition.slo().vanished() == Slo.Vanished.OFF) {
      if (line.traffic().keySet().removeAll(List.of(region, SloStatus.GLOBAL))) {
        line.changed().add(region);
      }
      return;
    }
    long to = toSeconds * 1_000;
    judge(line, new Scope(region, line.only(region), definition, to, regions, Optional.empty()));
    if (toSeconds > line.judgedTo()
        && line.regions().stream().noneMatch(r -> regions.waitsFor(r.track(), needed(line, to)))) {
      judge(
          line,
          new Scope(SloStatus.GLOBAL, heard(line, to), definition, to, regions, Optional.empty()));
      rememberWhoIsLate(line, to);
    }
  }

  /** One that was not waited for passes this minute later; that all passed it is known anyway. */
  private void rememberWhoIsLate(Line line, long to) {
    boolean late =
        line.regions().stream()
            .filter(r -> !regions.left(r.track()))
            .anyMatch(r -> regions.completeTo(r.track()).orElse(to) < needed(line, to));
    if (late) {
      line.judgedTo(to / 1_000);
      store.put(
          key(line, JUDGED), JSON.write(new Stored(line.slo(), line.number(), null, to / 1_000)));
    }
  }

  /** At a boundary of the wall clock: where nothing is measured, nothing is known. */
  void freeze(Line line, Scope scope) {
    Vanishing open = open(line, scope);
    if (open == null) {
      return;
    }
    boolean all = scope.name().equals(SloStatus.GLOBAL);
    Collection<RegionCounts> counts = all ? heard(line, scope.atMillis()) : scope.counts();
    if (scope.definition().slo().vanished() == Slo.Vanished.OFF
        || counts.stream().allMatch(r -> regions.gone(r.track(), scope.atMillis()))) {
      resolve(line, scope, open);
      return;
    }
    Collection<String> unknown =
        left(counts) ? names(counts) : longSilent(counts, scope.atMillis());
    if (!unknown.isEmpty()) {
      TreeSet<String> frozen = new TreeSet<>(open.frozenRegions());
      frozen.addAll(unknown);
      last(line, scope, open, open.lasting(List.copyOf(frozen)));
    }
  }

  /** The objective is gone, or another line took its place. */
  void withdraw(Line line, Scope scope) {
    Vanishing open = open(line, scope);
    if (open != null) {
      resolve(line, scope, open);
    }
  }

  /** Forgets what was resolved so long ago that nothing looks back to it. */
  void forget(Line line, long atMillis) {
    long oldest = Expectations.oldest(atMillis / 1_000);
    line.vanishings()
        .values()
        .removeIf(
            vanishing -> {
              boolean over = !vanishing.open() && vanishing.resolvedAt() < oldest;
              if (over) {
                store.delete(key(line, vanishing.scope()));
              }
              return over;
            });
  }

  private void judge(Line line, Scope scope) {
    if (judgedBefore(line, scope) || left(scope.counts())) {
      return;
    }
    if (!expectations.keeps(scope)) {
      metrics.traffic.labels("forgotten").inc();
      return;
    }
    Traffic traffic = expectations.of(line, scope, needed(line, scope.atMillis()));
    metrics.traffic.labels(outcome(traffic)).inc();
    line.traffic().put(scope.name(), traffic);
    Vanishing open = open(line, scope);
    if (open != null) {
      missing.note(line, scope, traffic, open);
      settle(line, scope, open, traffic);
    } else if (traffic.vanished()) {
      Vanishing opened =
          Vanishing.opened(scope.name(), traffic, line.vanishings().get(scope.name()));
      missing.note(line, scope, traffic, opened);
      keep(line, opened);
      tell(line, scope, opened);
    }
  }

  /**
   * Five minutes that are measured in part leave an alert as it is: a silence of some seconds would
   * else freeze it, and wake people when it fires again. While a backlog comes, the wall clock has
   * frozen it already.
   */
  private void settle(Line line, Scope scope, Vanishing open, Traffic traffic) {
    if (traffic.back()) {
      resolve(line, scope, open);
    } else if (!traffic.blind().isEmpty()) {
      last(line, scope, open, open.lasting(traffic.blind()));
    } else if (traffic.unmeasured().isEmpty() && !silentNow(scope)) {
      last(line, scope, open, open.lasting(List.of()));
    }
  }

  private boolean silentNow(Scope scope) {
    long now = clock.getAsLong();
    return scope.counts().stream().anyMatch(region -> regions.silent(region.track(), now));
  }

  /** Silent for as long as what is judged. */
  private List<String> longSilent(Collection<RegionCounts> counts, long atMillis) {
    long latest = atMillis - Expectations.WINDOW_SECONDS * 1_000;
    return counts.stream()
        .filter(
            region ->
                regions.silentSince(region.track(), atMillis).orElse(Long.MAX_VALUE) <= latest)
        .map(region -> region.key().region())
        .toList();
  }

  private void last(Line line, Scope scope, Vanishing open, Vanishing now) {
    if (!now.equals(open)) {
      keep(line, now);
      tell(line, scope, now);
    }
  }

  private void resolve(Line line, Scope scope, Vanishing open) {
    Vanishing resolved = open.resolved(scope.atMillis() / 1_000);
    keep(line, resolved);
    tell(line, scope, resolved);
  }

  private void keep(Line line, Vanishing vanishing) {
    line.vanishings().put(vanishing.scope(), vanishing);
    store.put(
        key(line, vanishing.scope()),
        JSON.write(new Stored(line.slo(), line.number(), vanishing, 0)));
    line.regions().forEach(region -> line.changed().add(region.key().region()));
  }

  private void tell(Line line, Scope scope, Vanishing vanishing) {
    Slo slo = scope.definition().slo();
    told.accept(
        new BurnRecord.Vanished(
            line.slo(),
            scope.definition().generation(),
            scope.name(),
            slo.service(),
            slo.vanished() == Slo.Vanished.PAGE ? Severity.PAGE : Severity.TICKET,
            vanishing.state(),
            Instant.ofEpochMilli(scope.atMillis()),
            Instant.ofEpochMilli(clock.getAsLong()),
            Instant.ofEpochSecond(vanishing.since()),
            vanishing.counted(),
            vanishing.expected(),
            vanishing.frozenRegions()));
  }

  /** What said goodbye is neither measured nor missed. */
  private boolean left(Collection<RegionCounts> counts) {
    return counts.stream().allMatch(region -> regions.left(region.track()));
  }

  /** All regions but those that are lost; all of them when there is no other. */
  private Collection<RegionCounts> heard(Line line, long atMillis) {
    List<RegionCounts> heard =
        line.regions().stream().filter(r -> !regions.lost(r.track(), atMillis)).toList();
    return heard.isEmpty() ? line.regions() : heard;
  }

  /** Progress that went back passes its minutes twice. */
  private static boolean judgedBefore(Line line, Scope scope) {
    long to = scope.atMillis() / 1_000;
    Traffic last = line.traffic().get(scope.name());
    Vanishing vanishing = line.vanishings().get(scope.name());
    return (last != null && to <= last.toSeconds())
        || (vanishing != null && to <= vanishing.resolvedAt());
  }

  /** Counters may come a little after the slice that they are counted in. */
  private static long needed(Line line, long toMillis) {
    return line.held() ? toMillis + HELD_MILLIS : toMillis;
  }

  private static String outcome(Traffic traffic) {
    if (!traffic.unmeasured().isEmpty()) {
      return "unmeasured";
    }
    return !traffic.known() ? "unknown" : traffic.vanished() ? "vanished" : "usual";
  }

  private static @Nullable Vanishing open(Line line, Scope scope) {
    Vanishing vanishing = line.vanishings().get(scope.name());
    return vanishing != null && vanishing.open() ? vanishing : null;
  }

  private static List<String> names(Collection<RegionCounts> counts) {
    return counts.stream().map(region -> region.key().region()).toList();
  }

  private static String key(Line line, String scope) {
    return line.slo() + "#" + line.number() + "/" + scope;
  }
}
