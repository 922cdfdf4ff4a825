// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.backtest.Candidate.Guard;
import dev.nines.backtest.history.Entry.Counted;
import dev.nines.backtest.history.Entry.Incident;
import dev.nines.backtest.history.History;
import dev.nines.backtest.history.ScratchFolder;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.openslo.PolicySet;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Many policies over many SLOs on one history. */
public final class Backtest {

  private final History history;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<SloId, Slo> slos = new TreeMap<>();
  private final List<Incident> incidents;
  private final int outside;
  private final Plan plan;
  private final Scoring scoring;

  /**
   * @param sets beside what each SLO declares
   * @param labels what really happened; what the history does not cover whole is left out
   * @param only names of SLOs; all when it is empty. A component is told of with its composite
   * @param grace after the end of an incident in which an alert is still about it
   */
  public Backtest(
      History history,
      List<PolicySet> sets,
      List<Incident> labels,
      Set<String> only,
      Duration grace) {
    this.history = history;
    this.candidates.add(Candidate.declared());
    sets.forEach(set -> candidates.add(Candidate.of(set)));
    history.generations().stream()
        .sorted(Comparator.comparingLong(Generation::number))
        .flatMap(generation -> generation.slos().stream())
        .filter(slo -> !slo.id().isComponent())
        .filter(slo -> only.isEmpty() || only.contains(slo.id().name()))
        .forEach(slo -> slos.put(slo.id(), slo));
    this.plan = new Plan(candidates, history.from(), slos::containsKey);
    this.incidents = labels.stream().filter(this::covered).toList();
    this.outside = labels.size() - incidents.size();
    this.scoring = new Scoring(incidents, grace);
  }

  /** In one line. */
  public String subject() {
    long cases =
        incidents.stream()
            .flatMap(incident -> incident.slos().stream())
            .filter(name -> slos.keySet().stream().anyMatch(id -> id.name().equals(name)))
            .count();
    return "%s to %s: %d SLOs, %d regions, %,d counts; %d incidents%s, %d cases"
        .formatted(
            history.from().truncatedTo(ChronoUnit.SECONDS),
            history.to().truncatedTo(ChronoUnit.SECONDS),
            slos.size(),
            history.regions().size(),
            history.counts(),
            incidents.size(),
            outside == 0 ? "" : " (" + outside + " more are not covered whole)",
            cases);
  }

  /** Of an incident that the history cuts, nobody knows what was told. */
  private boolean covered(Incident incident) {
    return !incident.begin().isBefore(history.from()) && !incident.end().isAfter(history.to());
  }

  /** Plays the history, once for each guard. */
  public Outcome run() throws IOException {
    List<Alert> alerts = new ArrayList<>();
    for (Guard guard : plan.guards(history.generations())) {
      alerts.addAll(play(plan.generations(history.generations(), guard)));
    }
    List<Outcome.Row> rows = new ArrayList<>();
    Map<String, Integer> left = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      List<Alert> own =
          alerts.stream().filter(alert -> plan.candidate(alert).equals(candidate)).toList();
      for (Slo slo : slos.values()) {
        PolicySet.Fitted fitted = candidate.fit(slo);
        fitted.left().forEach(why -> left.merge(candidate.name() + ": " + why, 1, Integer::sum));
        for (Severity severity : Severity.values()) {
          if (fitted.policies().stream().anyMatch(policy -> policy.severity() == severity)) {
            List<Alert> told = own.stream().filter(alert -> is(alert, slo, severity)).toList();
            Score score = scoring.of(slo.id().name(), told);
            rows.add(new Outcome.Row(candidate.name(), severity, slo.id().name(), score));
          }
        }
      }
    }
    return new Outcome(rows, left, Witness.of(history, slos.keySet(), declared(alerts)));
  }

  private List<Alert> declared(List<Alert> alerts) {
    return alerts.stream().filter(alert -> plan.candidate(alert).set().isEmpty()).toList();
  }

  private static boolean is(Alert alert, Slo slo, Severity severity) {
    return alert.slo().equals(slo.id()) && alert.policy().severity() == severity;
  }

  private List<Alert> play(List<Generation> generations) throws IOException {
    try (ScratchFolder folder = ScratchFolder.create();
        Playback playback = new Playback(folder.path(), generations, history.from())) {
      history.play(
          logged -> {
            if (!(logged instanceof Counted counted) || slos.containsKey(counted.slo().whole())) {
              playback.take(logged);
            }
          });
      return Alert.of(playback.changes());
    }
  }
}
