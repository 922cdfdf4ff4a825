// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.backtest.RandomDay.Sent;
import dev.nines.backtest.history.Entry;
import dev.nines.backtest.history.EntryFile;
import dev.nines.backtest.history.History;
import dev.nines.backtest.history.LeastProgress;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.Parsed;
import dev.nines.objectives.openslo.PolicySetReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A day through the topology of evaluation, each set of policies by itself, and the same day
 * recorded, read back and played for all sets at once: each alert opens and resolves at the same
 * millisecond.
 */
class PlaybackTest {

  private static final String SETS =
      """
      apiVersion: nines.dev/v1
      kind: PolicySets
      spec:
        sets:
          - {name: quick, burn: 'long=1m short=20s factor=5 severity=page'}
          - {name: sure, confidence: 0.95, burn: 'long=2m short=30s factor=3 severity=page; long=10m short=1m factor=2 severity=ticket'}
          - {name: many, minFailures: 30, burn: 'long=1m short=20s factor=5 severity=page'}
          - {name: equal, atFactor: true, burn: 'long=1m short=20s factor=10 severity=page'}
      """;

  private static final String SLO =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: %s
        annotations:
          nines.dev/burn: 'long=%s short=%s factor=4 severity=page; long=10m short=%s factor=2 severity=ticket'
      spec:
        service: shop
        indicator:
          metadata: {name: failures}
          spec:
            ratioMetric:
              total: {metricSource: {type: nines/spans, spec: {service: shop}}}
              bad: {metricSource: {type: nines/spans, spec: {bad: 'status = error'}}}
        timeWindow: [{duration: 1h, isRolling: true}]
        budgetingMethod: %s
        objectives: [{target: 0.95%s}]
        alertPolicies:
          - kind: AlertPolicy
            metadata: {name: waits}
            spec:
              conditions:
                - kind: AlertCondition
                  metadata: {name: waits}
                  spec:
                    severity: page
                    condition: {kind: burnrate, op: gt, threshold: 2, lookbackWindow: 2m, alertAfter: 1m}
              notificationTargets: [{kind: AlertNotificationTarget, metadata: {name: a}, spec: {target: nines/routes}}]
      """;

  @TempDir Path folder;

  /** What of an alert must be the same. */
  private record Told(
      String slo, String scope, String policy, Instant trueAt, Instant opened, String over) {

    static Told of(Alert alert) {
      return new Told(
          alert.slo().name(),
          alert.scope(),
          alert.policy().name().replaceFirst("^\\d+:", ""),
          alert.trueAt(),
          alert.opened(),
          alert.overAt() + " " + alert.resolved());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = 1)
  void playsWhatTheEngineTells(long seed) throws IOException {
    Generation generation = generation();
    List<Sent> day = new RandomDay(seed).since(generation.slos().getFirst());
    History history = History.open(recorded(day, generation));
    List<Candidate> candidates = new ArrayList<>(List.of(Candidate.declared()));
    PolicySetReader.ParsedSets sets = PolicySetReader.read("sets.yaml", SETS);
    assertThat(sets.violations()).isEmpty();
    sets.sets().forEach(set -> candidates.add(Candidate.of(set)));
    Plan plan = new Plan(candidates, history.from(), slo -> true);
    List<Alert> played = new ArrayList<>();
    for (Candidate.Guard guard : plan.guards(history.generations())) {
      played.addAll(play(history, plan.generations(history.generations(), guard)));
    }
    for (Candidate candidate : candidates) {
      List<Alert> live =
          Alert.of(
              new LiveEngine(
                      Files.createTempDirectory(folder, "live"), only(generation, candidate), day)
                  .changes());
      assertThat(live).as(candidate.name()).hasSizeGreaterThan(5);
      if (candidate.equals(Candidate.declared())) {
        assertThat(live).anyMatch(alert -> alert.policy().name().endsWith("waits"));
      }
      assertThat(live).as(candidate.name()).anyMatch(alert -> alert.resolved().isPresent());
      assertThat(
              played.stream()
                  .filter(alert -> plan.candidate(alert).equals(candidate))
                  .map(Told::of))
          .as(candidate.name())
          .containsExactlyInAnyOrderElementsOf(live.stream().map(Told::of).toList());
    }
  }

  private List<Alert> play(History history, List<Generation> generations) throws IOException {
    Path state = Files.createTempDirectory(folder, "played");
    try (Playback playback = new Playback(state, generations, history.from())) {
      history.play(playback::take);
      return Alert.of(playback.changes());
    }
  }

  private Path recorded(List<Sent> day, Generation generation) throws IOException {
    Path file = folder.resolve("day.jsonl.gz");
    Map<String, LeastProgress> tracks = new HashMap<>();
    try (EntryFile out = EntryFile.create(file)) {
      out.write(new Entry.Head(Entry.VERSION, "default"));
      out.write(new Entry.Defined(generation));
      for (Sent each : day) {
        switch (each.record()) {
          case Counts counts -> out.write(Entry.Counted.of(each.at(), counts));
          case Past past -> out.write(new Entry.Filled(each.at(), past));
          case CompleteTo told -> {
            String track = told.region() + told.series();
            LeastProgress least = tracks.computeIfAbsent(track, name -> new LeastProgress());
            var reported = least.report(each.at(), told);
            if (reported.isPresent()) {
              out.write(reported.get());
            }
          }
        }
      }
    }
    return file;
  }

  private static Generation generation() {
    String yaml =
        String.join(
            "---\n",
            SLO.formatted("checkout", "2m", "20s", "1m", "Occurrences", ""),
            SLO.formatted("orders", "2m", "20s", "1m", "Occurrences", ""),
            SLO.formatted("search", "3m", "40s", "2m", "Occurrences", ""),
            SLO.formatted(
                "sliced",
                "4m",
                "2m",
                "2m",
                "Timeslices",
                ", timeSliceTarget: 0.9, timeSliceWindow: 1m"));
    Parsed parsed = OpenSlo.read("slos.yaml", yaml);
    assertThat(parsed.violations()).isEmpty();
    return new Generation(
        "default",
        1,
        RandomDay.START.minus(Duration.ofDays(1)),
        parsed.slos().stream().map(slo -> slo.of("default", 1)).toList());
  }

  /** As if each SLO declared what the candidate has, from the first instant of the history on. */
  private static Generation only(Generation generation, Candidate candidate) {
    List<Slo> slos = new ArrayList<>();
    for (Slo slo : generation.slos()) {
      List<BurnPolicy> policies = candidate.fit(slo).policies();
      Candidate.Guard guard = candidate.guard(slo);
      if (!policies.isEmpty()) {
        slos.add(with(slo, policies, guard.confidence(), guard.minFailures()));
      }
    }
    return new Generation("default", 1, RandomDay.START, slos);
  }

  private static Slo with(
      Slo slo, List<BurnPolicy> policies, BigDecimal confidence, long minFailures) {
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
        confidence,
        minFailures,
        slo.missing(),
        slo.groupBy(),
        slo.vanished(),
        slo.gate(),
        slo.excludedGood());
  }
}
