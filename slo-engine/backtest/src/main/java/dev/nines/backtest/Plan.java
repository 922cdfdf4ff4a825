// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.backtest.Candidate.Guard;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which generations to play, so that the history is played once for all candidates that need
 * equally many failures and are equally sure: policies do not hear of each other.
 */
final class Plan {

  private static final char SEPARATOR = ':';

  private final List<Candidate> candidates;
  private final Instant from;
  private final Predicate<SloId> wanted;

  /**
   * @param from before, nothing is known: it is as if it had not been measured
   */
  Plan(List<Candidate> candidates, Instant from, Predicate<SloId> wanted) {
    this.candidates = candidates;
    this.from = from;
    this.wanted = wanted;
  }

  Set<Guard> guards(Collection<Generation> generations) {
    Set<Guard> guards = new LinkedHashSet<>();
    for (Generation generation : generations) {
      for (Slo slo : generation.slos()) {
        if (wanted.test(slo.id()) && !slo.id().isComponent()) {
          candidates.forEach(candidate -> guards.add(candidate.guard(slo)));
        }
      }
    }
    return guards;
  }

  List<Generation> generations(Collection<Generation> recorded, Guard guard) {
    Instant begin = Instant.ofEpochSecond(Slices.startOf(from));
    List<Generation> played = new ArrayList<>();
    for (Generation generation : recorded) {
      List<Slo> slos = slos(generation, guard);
      Instant effective =
          generation.effectiveFrom().isBefore(begin) ? begin : generation.effectiveFrom();
      played.add(new Generation(generation.tenant(), generation.number(), effective, slos));
    }
    return played;
  }

  /** Those with policies to judge; a composite with its components, which have none. */
  private List<Slo> slos(Generation generation, Guard guard) {
    List<Slo> judged =
        generation.slos().stream()
            .filter(slo -> wanted.test(slo.id()) && !slo.id().isComponent())
            .map(slo -> judged(slo, guard))
            .filter(slo -> !slo.policies().isEmpty())
            .toList();
    Set<SloId> whole = judged.stream().map(Slo::id).collect(Collectors.toSet());
    Stream<Slo> components =
        generation.slos().stream()
            .filter(slo -> slo.id().isComponent() && whole.contains(slo.id().whole()))
            .map(slo -> with(slo, List.of(), guard));
    return Stream.concat(judged.stream(), components).toList();
  }

  /** The candidate whose policy an alert is of. */
  Candidate candidate(Alert alert) {
    String name = alert.policy().name();
    return candidates.get(Integer.parseInt(name.substring(0, name.indexOf(SEPARATOR))));
  }

  private Slo judged(Slo slo, Guard guard) {
    List<BurnPolicy> policies = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).guard(slo).equals(guard)) {
        for (BurnPolicy policy : candidates.get(i).fit(slo).policies()) {
          policies.add(named(i + String.valueOf(SEPARATOR) + policy.name(), policy));
        }
      }
    }
    return with(slo, policies, guard);
  }

  private static BurnPolicy named(String name, BurnPolicy policy) {
    return new BurnPolicy(
        name,
        policy.longWindow(),
        policy.shortWindow(),
        policy.factor(),
        policy.severity(),
        policy.orEqual(),
        policy.afterSeconds());
  }

  /** Vanished traffic has alerts of its own, which no policy changes. */
  private static Slo with(Slo slo, List<BurnPolicy> policies, Guard guard) {
    return new Slo(
        slo.id(),
        slo.line(),
        slo.service(),
        slo.displayName(),
        slo.description(),
        slo.labels(),
        slo.indicator(),
        slo.target(),
        slo.period(),
        slo.budgeting(),
        policies,
        guard.confidence(),
        guard.minFailures(),
        Slo.Missing.NEUTRAL,
        "",
        Slo.Vanished.OFF,
        null,
        slo.excludedGood());
  }
}
