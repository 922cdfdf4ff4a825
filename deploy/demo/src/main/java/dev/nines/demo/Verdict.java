// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.stage.Provider;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.SentSpan;
import dev.nines.demo.truth.ShopLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds what the platform says against what happened, promise by promise. */
final class Verdict {

  private final ShopLog log;
  private final Observation seen;
  private final Map<String, Map<String, Count>> truth;
  private final Map<String, Map<String, Count>> groups;
  private final List<DuePage> due;
  private final boolean killed;
  private final List<String> broken = new ArrayList<>();

  /**
   * @param truth counts by objective and scope
   * @param groups counts by objective and group, of those that have groups
   * @param killed a process of the platform was killed on purpose: more exports may end unknown
   */
  Verdict(
      ShopLog log,
      Observation seen,
      Map<String, Map<String, Count>> truth,
      Map<String, Map<String, Count>> groups,
      List<DuePage> due,
      boolean killed) {
    this.log = log;
    this.seen = seen;
    this.truth = truth;
    this.groups = groups;
    this.due = due;
    this.killed = killed;
  }

  /** Broken promises, one line each; empty when all held. */
  List<String> broken() {
    kept();
    countedOnce();
    exact();
    exactByGroup();
    unmeasured();
    accounted();
    paged();
    broken.addAll(seen.pagerDuty().broken(due, seen.changes(), killed));
    incidents();
    seen.refusals().forEach(line -> broken.add("9 refusal with reasons: " + line));
    seen.troubles().forEach(line -> broken.add("7 a page: " + line));
    return List.copyOf(broken);
  }

  long lost() {
    return log.spans().values().stream()
        .filter(span -> log.acknowledged(span) && !seen.storedKeys().contains(span.key()))
        .count();
  }

  long duplicated() {
    return seen.storedRows() - seen.storedKeys().size();
  }

  private void kept() {
    if (lost() > 0) {
      broken.add("1 acknowledged is kept: " + lost() + " acknowledged spans are not in the store");
    }
    long unknown = log.spans().values().stream().filter(span -> !log.acknowledged(span)).count();
    long percent = killed ? 10 : 2;
    if (unknown * 100 > log.spans().size() * percent) {
      broken.add("the run: " + unknown + " spans of unknown outcome, over " + percent + " %");
    }
  }

  private void countedOnce() {
    if (duplicated() != 0) {
      broken.add("2 counted once: " + duplicated() + " rows are in the store twice");
    }
    Set<String> foreign = new HashSet<>(seen.storedKeys());
    foreign.removeAll(log.spans().keySet());
    if (!foreign.isEmpty()) {
      broken.add("2 counted once: " + foreign.size() + " stored spans were never sent");
    }
    Set<String> wholly = new HashSet<>();
    Set<String> partly = new HashSet<>();
    for (SentSpan span : log.spans().values()) {
      (seen.storedKeys().contains(span.key()) ? wholly : partly).add(span.batch());
    }
    wholly.retainAll(partly);
    wholly.removeIf(batch -> !log.batches().containsKey(batch));
    if (!wholly.isEmpty()) {
      broken.add("1 acknowledged is kept: " + wholly.size() + " batches are stored in part");
    }
  }

  private void exact() {
    truth.forEach(
        (slo, scopes) ->
            scopes.forEach(
                (scope, count) -> {
                  compare("ledger", slo, scope, count, seen.ledger());
                  compare("status", slo, scope, count, seen.status());
                }));
  }

  /** Also a group that never bought anything is wrong. */
  private void exactByGroup() {
    groups.forEach(
        (slo, owed) -> {
          Set<String> names = new TreeSet<>(owed.keySet());
          names.addAll(seen.groups().getOrDefault(slo, Map.of()).keySet());
          for (String name : names) {
            compare("groups", slo, name, owed.getOrDefault(name, Count.NONE), seen.groups());
          }
        });
  }

  private void compare(
      String where, String slo, String scope, Count count, Map<String, Map<String, Count>> engine) {
    Count found = engine.getOrDefault(slo, Map.of()).getOrDefault(scope, Count.NONE);
    if (!found.equals(count)) {
      broken.add(
          "5 exact arithmetic: %s of %s in %s is %s, truth is %s"
              .formatted(where, slo, scope, found, count));
    }
  }

  private void unmeasured() {
    if (!seen.silentRegion().isEmpty() && !seen.silenceSeen()) {
      broken.add(
          "4 good, bad, unmeasured: "
              + seen.silentRegion()
              + " was silent and never shown as unmeasured");
    }
  }

  private void accounted() {
    if (seen.residual() != 0) {
      broken.add("6 accounting: " + seen.residual() + " items are under no heading");
    }
    if (seen.inFlight() != 0) {
      broken.add("6 accounting: " + seen.inFlight() + " items are still in flight");
    }
  }

  private void paged() {
    seen.complaints().forEach(line -> broken.add("7 a page: " + line));
    Set<String> paged = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (Provider.Page page : seen.pages()) {
      if (!keys.add(page.idempotencyKey()) && !page.body().path("mayBeRepeat").asBoolean()) {
        broken.add("7 a page is sent once: " + page.idempotencyKey() + " came twice, unmarked");
      }
      if (page.event().equals("trigger") && !excused(page)) {
        paged.add(page.slo());
      }
    }
    for (DuePage page : due) {
      if (page.owed() && !paged.contains(page.slo())) {
        broken.add("7 a page is never lost: " + page.slo() + " burned and nobody was paged");
      }
      paged.remove(page.slo());
    }
    paged.forEach(slo -> broken.add("7 a page: " + slo + " paged and its policy never was true"));
  }

  /** "Evaluation is blind" is the truth while a killed server starts again. */
  private boolean excused(Provider.Page page) {
    return killed && page.slo().isEmpty();
  }

  private void incidents() {
    Set<String> open = new HashSet<>();
    for (Report.Incident incident : seen.incidents()) {
      boolean answered = incident.acknowledged() != null || incident.slo().isEmpty();
      if (!answered || incident.resolved() == null) {
        open.add(incident.id());
      } else if (incident.postmortem() == null) {
        broken.add("the way to the postmortem: incident " + incident.id() + " has none");
      }
    }
    if (!open.isEmpty()) {
      broken.add("the way to the postmortem: not acknowledged and resolved: " + open);
    }
  }
}
