// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle;

import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.SloStatus;
import dev.nines.oracle.brute.Promise;
import dev.nines.oracle.brute.Truth;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the engine said beside the truth. Its differences are told, at most {@link #TOLD_MAX}. */
final class Comparison {

  private static final int TOLD_MAX = 20;
  private static final int SHOWN_DIGITS = 9;
  private static final long BOUNDARY_MILLIS = 10_000;

  private final Map<String, Truth> truths;
  private final String name;
  private final Map<String, Long> at = new HashMap<>();
  private final Map<String, State> alerts = new HashMap<>();
  private final Set<String> waiting = new HashSet<>();
  private final Map<String, SloStatus> last = new TreeMap<>();
  private final Map<String, Truth.Sum> ledger = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private long numbers;
  private int told;
  private int pages;

  Comparison(Map<String, Truth> truths, String name) {
    this.truths = truths;
    this.name = name;
  }

  List<String> differences() {
    return differences;
  }

  /** Numbers that were compared. */
  long numbers() {
    return numbers;
  }

  /** Changes of alerts that were held against the truth. */
  int told() {
    return told;
  }

  /** Events of all promises that came more than a day late, and those that were too old. */
  List<Integer> lateAndTooOld() {
    return List.of(
        truths.values().stream().mapToInt(Truth::late).sum(),
        truths.values().stream().mapToInt(Truth::tooOld).sum());
  }

  /** Alerts that opened. */
  int pages() {
    return pages;
  }

  /**
   * After one batch.
   *
   * @param counted promises that it counts for
   */
  void batch(Engine engine, String region, Instant appendedAt, List<String> counted) {
    for (String promise : counted) {
      at.merge(promise, appendedAt.toEpochMilli(), Math::max);
    }
    read(engine, false);
    for (String promise : counted) {
      owed(truth(promise), List.of(region, Truth.GLOBAL), false);
    }
  }

  /**
   * After a second.
   *
   * @param heardAll every region has reported for so long that all its slices are judged
   */
  void second(Engine engine, boolean heardAll) {
    long now = engine.now().toEpochMilli();
    boolean boundary = now % BOUNDARY_MILLIS == 0;
    if (boundary) {
      at.replaceAll((promise, before) -> Math.max(before, now));
    }
    read(engine, heardAll);
    if (boundary) {
      truths.values().forEach(truth -> owed(truth, truth.scopes(), heardAll));
    }
  }

  /** When nothing is under way any more. */
  void end(Instant now) {
    for (SloStatus status : last.values()) {
      Truth truth = truth(status.slo().name());
      Truth.Sum ever = truth.ever(status.scope());
      same("events ever", status, status.runTotal(), ever.total());
      same("good events ever", status, status.runGood(), ever.total() - ever.bad());
      events(status, truth);
    }
    Map<String, Truth.Sum> minutes = new TreeMap<>();
    truths.forEach(
        (promise, truth) -> {
          for (String scope : truth.scopes()) {
            if (!last.containsKey("default/" + promise + "@" + scope)) {
              differ(promise + "@" + scope + " has no status at " + now);
            }
            if (!scope.equals(Truth.GLOBAL)) {
              truth.minutes(scope).forEach((m, sum) -> minutes.put(promise + scope + m, sum));
            }
          }
        });
    minutes.values().removeIf(sum -> sum.total() == 0 && sum.bad() == 0);
    ledger.values().removeIf(sum -> sum.total() == 0 && sum.bad() == 0);
    numbers += minutes.size();
    if (!ledger.equals(minutes)) {
      differ("the ledger has " + ledger + ", true is " + minutes);
    }
  }

  private void read(Engine engine, boolean heardAll) {
    engine.changes().forEach(change -> change(change, heardAll));
    for (LedgerDelta delta : engine.ledger()) {
      ledger.merge(
          delta.slo().name() + delta.scope() + delta.minuteStart().getEpochSecond(),
          new Truth.Sum(delta.total() - delta.good(), delta.total()),
          (a, b) -> new Truth.Sum(a.bad() + b.bad(), a.total() + b.total()));
    }
    for (SloStatus status : engine.statuses()) {
      last.put(status.key(), status);
      Truth truth = truth(status.slo().name());
      if (truth.promise().sliceSeconds() > 0) {
        slices(status, truth, heardAll);
      } else if (truth.promise().kind() != Promise.Kind.COUNTERS) {
        events(status, truth);
        burns(status, truth);
      }
    }
  }

  private void events(SloStatus status, Truth truth) {
    long asOf = status.asOf().toEpochMilli();
    Truth.Sum period = truth.period(status.scope(), asOf);
    same("events of the period", status, status.total(), period.total());
    same("good events", status, status.good(), period.total() - period.bad());
    if (truth.promise().sliceSeconds() == 0) {
      same("budget spent", status, status.budgetSpent(), truth.spent(status.scope(), asOf));
    }
    SloStatus.Composite composite = status.composite();
    if (composite != null) {
      Optional<BigDecimal> good = Optional.ofNullable(composite.goodShare());
      same("good share", status, good, truth.goodShare(status.scope(), asOf));
    }
  }

  private void burns(SloStatus status, Truth truth) {
    long asOf = status.asOf().toEpochMilli();
    for (SloStatus.Burn burn : status.burns()) {
      Promise.Policy policy = policy(truth, burn.policy());
      Optional<BigDecimal> longBurn = burn(truth, status.scope(), policy.longSeconds(), asOf);
      Optional<BigDecimal> shortBurn = burn(truth, status.scope(), policy.shortSeconds(), asOf);
      same("long burn", status, Optional.ofNullable(burn.longBurn()), longBurn);
      same("short burn", status, Optional.ofNullable(burn.shortBurn()), shortBurn);
    }
  }

  private static Optional<BigDecimal> burn(Truth truth, String scope, long seconds, long asOf) {
    return truth.burn(scope, seconds, asOf, Long.MAX_VALUE).map(Truth.Rate::shown);
  }

  /** Between two judgements of slices, what came late to a silent region waits. */
  private void slices(SloStatus status, Truth truth, boolean heardAll) {
    if (!heardAll) {
      return;
    }
    long slice = truth.promise().sliceSeconds() * 1_000;
    long judgedTo = Math.floorDiv(status.asOf().toEpochMilli() + 1, slice) * slice;
    long asOf = status.asOf().toEpochMilli();
    BigDecimal bad = truth.badSlices(status.scope(), judgedTo, asOf);
    BigDecimal allowed = truth.allowedSlices(asOf);
    SloStatus.SpentSlices spent = status.slices();
    if (spent == null) {
      differ(status.key() + " has no slices");
      return;
    }
    same("bad slices", status, spent.bad(), bad);
    same("allowed slices", status, spent.allowed(), allowed);
    same(
        "budget spent",
        status,
        status.budgetSpent(),
        bad.divide(allowed, SHOWN_DIGITS, RoundingMode.HALF_UP));
    for (SloStatus.Burn burn : status.burns()) {
      Promise.Policy policy = policy(truth, burn.policy());
      same(
          "long burn",
          status,
          burn.longBurn(),
          ofSlices(truth, status, policy.longSeconds(), judgedTo));
      same(
          "short burn",
          status,
          burn.shortBurn(),
          ofSlices(truth, status, policy.shortSeconds(), judgedTo));
    }
  }

  private static BigDecimal ofSlices(Truth truth, SloStatus status, long seconds, long judgedTo) {
    BigDecimal all = BigDecimal.valueOf(seconds / truth.promise().sliceSeconds());
    return truth
        .badSlicesIn(status.scope(), seconds, judgedTo)
        .divide(truth.budget().multiply(all), SHOWN_DIGITS, RoundingMode.HALF_UP);
  }

  /** A change must be true when it is told; of slices, where no region is behind. */
  private void change(BurnRecord.Change change, boolean heardAll) {
    String key = change.slo().name() + "@" + change.scope() + "/" + change.policy().name();
    alerts.put(key, change.state());
    if (change.state() == State.FROZEN) {
      return;
    }
    pages += change.state() == State.FIRING ? 1 : 0;
    Truth truth = truth(change.slo().name());
    Promise.Policy policy = policy(truth, change.policy().name());
    long then = change.at().toEpochMilli();
    boolean fires = change.state() == State.FIRING;
    boolean right =
        switch (kind(truth)) {
          case EVENTS ->
              fires
                  ? holdsOrHeld(truth, change.scope(), policy, then)
                  : !holds(truth, change.scope(), policy, then);
          case SLICES -> !heardAll || fires == holdsBySlices(truth, change.scope(), policy, then);
          case COUNTERS -> true;
        };
    told++;
    if (!right) {
      differ(key + " is told " + change.state() + " at " + change.at() + ", which is not true");
    }
  }

  /** What holds now must be told; by slices at the next boundary, if it still holds then. */
  private void owed(Truth truth, List<String> scopes, boolean heardAll) {
    Promise promise = truth.promise();
    for (String scope : scopes) {
      for (Promise.Policy policy : promise.policies()) {
        String key = promise.name() + "@" + scope + "/" + policy.name();
        boolean owes = alerts.get(key) != State.FIRING && owes(truth, scope, policy, heardAll);
        boolean late = kind(truth) == Kind.EVENTS || waiting.contains(key);
        if (owes && late) {
          differ(key + " holds and is " + alerts.get(key) + ", " + at.get(promise.name()));
        }
        if (owes) {
          waiting.add(key);
        } else {
          waiting.remove(key);
        }
      }
    }
  }

  private boolean owes(Truth truth, String scope, Promise.Policy policy, boolean heardAll) {
    Long now = at.get(truth.promise().name());
    SloStatus shown = last.get("default/" + truth.promise().name() + "@" + scope);
    return switch (kind(truth)) {
      case EVENTS -> now != null && holds(truth, scope, policy, now);
      case SLICES ->
          heardAll
              && shown != null
              && holdsBySlices(truth, scope, policy, shown.asOf().toEpochMilli());
      case COUNTERS -> false;
    };
  }

  private enum Kind {
    EVENTS,
    SLICES,
    COUNTERS
  }

  private static Kind kind(Truth truth) {
    if (truth.promise().kind() == Promise.Kind.COUNTERS) {
      return Kind.COUNTERS;
    }
    return truth.promise().sliceSeconds() > 0 ? Kind.SLICES : Kind.EVENTS;
  }

  private static boolean holds(Truth truth, String scope, Promise.Policy policy, long then) {
    return truth.holds(scope, policy, then, Long.MAX_VALUE);
  }

  /** Now, or by what had ended then: hindsight judges so. */
  private static boolean holdsOrHeld(Truth truth, String scope, Promise.Policy policy, long then) {
    return holds(truth, scope, policy, then) || truth.holds(scope, policy, then, then);
  }

  private static boolean holdsBySlices(
      Truth truth, String scope, Promise.Policy policy, long asOf) {
    long slice = truth.promise().sliceSeconds() * 1_000;
    long judgedTo = Math.floorDiv(asOf + 1, slice) * slice;
    return truth.exceedsBySlices(scope, policy.longSeconds(), judgedTo, policy.factor())
        && truth.exceedsBySlices(scope, policy.shortSeconds(), judgedTo, policy.factor());
  }

  private Truth truth(String promise) {
    return Objects.requireNonNull(truths.get(promise), promise);
  }

  private static Promise.Policy policy(Truth truth, String name) {
    return truth.promise().policies().stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void same(String what, SloStatus status, @Nullable Object engine, Object truth) {
    numbers++;
    boolean same =
        (engine instanceof BigDecimal a && truth instanceof BigDecimal b)
            ? a.compareTo(b) == 0
            : truth.equals(engine);
    if (!same) {
      differ(
          "%s at %s: %s is %s, true is %s"
              .formatted(status.key(), status.asOf(), what, engine, truth));
    }
  }

  private void differ(String difference) {
    if (differences.size() < TOLD_MAX) {
      differences.add(name + ": " + difference);
    }
  }
}
