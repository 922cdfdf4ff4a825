// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.alerts.Alert;
import dev.nines.alerts.AlertGroupEvent.Burn;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.alerts.AlertGroupEvent.Traffic;
import dev.nines.alerts.AlertState;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something seen about one alert: its group, its labels and what is true of it now.
 *
 * @param title what people call the group
 * @param slo null for an alert of the platform itself
 */
record Observation(
    String groupKey, String title, @Nullable SloId slo, Alert alert, Condition condition) {

  /** Annotation that keeps the words of a trouble. */
  static final String SUMMARY = "summary";

  static final String BLIND_GROUP = "platform:evaluation-blind";

  /** A change of one burn policy in one scope. The policy's figures are no part of its name. */
  static Observation of(BurnRecord.Change change) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put(Alert.NAME, "BudgetBurn");
    labels.put("slo", change.slo().name());
    labels.put("scope", change.scope());
    labels.put("policy", change.policy().name());
    Map<String, String> annotations =
        Map.of("service", change.service(), "severity", change.policy().severity().name());
    Alert alert = Alert.of(change.slo().tenant(), labels, annotations, change.at(), "evaluation");
    Burn burn =
        new Burn(
            change.policy(),
            change.service(),
            change.longBurn(),
            change.shortBurn(),
            change.badInLongWindow(),
            change.totalInLongWindow(),
            change.budgetSpent());
    Condition condition =
        new Condition(
            alert.fingerprint(),
            "BudgetBurn",
            change.scope(),
            change.state(),
            change.policy().severity(),
            change.firstBadAt(),
            change.at(),
            change.decidedAt(),
            change.frozenRegions(),
            burn,
            null);
    return new Observation(
        "slo:" + change.slo(), change.slo().name(), change.slo(), alert, condition);
  }

  /** Traffic of one scope that vanished, or is back: an alert beside the burns of its SLO. */
  static Observation of(BurnRecord.Vanished vanished) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put(Alert.NAME, "TrafficVanished");
    labels.put("slo", vanished.slo().name());
    labels.put("scope", vanished.scope());
    Map<String, String> annotations =
        Map.of("service", vanished.service(), "severity", vanished.severity().name());
    Alert alert =
        Alert.of(vanished.slo().tenant(), labels, annotations, vanished.at(), "evaluation");
    Condition condition =
        new Condition(
            alert.fingerprint(),
            "TrafficVanished",
            vanished.scope(),
            vanished.state(),
            vanished.severity(),
            vanished.since(),
            vanished.at(),
            vanished.decidedAt(),
            vanished.frozenRegions(),
            null,
            new Traffic(vanished.service(), vanished.counted(), vanished.expected()));
    return new Observation(
        "slo:" + vanished.slo(), vanished.slo().name(), vanished.slo(), alert, condition);
  }

  /**
   * No sign of life from evaluation.
   *
   * @param part of evaluation, such as {@code partition-2}
   */
  static Observation blind(String tenant, String part, State state, Instant since, Instant now) {
    Trouble trouble = new Trouble("EvaluationBlind", part, since, "SLO evaluation blind");
    return of(tenant, BLIND_GROUP, trouble, state, now);
  }

  /** Something that is wrong with the platform itself, or is no more. */
  static Observation of(String tenant, Trouble trouble, State state, Instant now) {
    return of(tenant, group(trouble.alertName()), trouble, state, now);
  }

  /** Group of the alerts of that name. */
  static String group(String alertName) {
    return "platform:" + alertName;
  }

  private static Observation of(
      String tenant, String group, Trouble trouble, State state, Instant now) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put(Alert.NAME, trouble.alertName());
    labels.put("part", trouble.part());
    Map<String, String> annotations =
        Map.of("since", trouble.since().toString(), SUMMARY, trouble.words());
    Alert alert = Alert.of(tenant, labels, annotations, trouble.since(), "delivery");
    Condition condition =
        new Condition(
            alert.fingerprint(),
            trouble.alertName(),
            trouble.part(),
            state,
            Severity.PAGE,
            trouble.since(),
            now,
            now,
            List.of(),
            null,
            null);
    String title = trouble.words() + " since " + trouble.since();
    return new Observation(group, title, null, alert, condition);
  }

  /** The alert after this observation. */
  GroupedAlert after(@Nullable GroupedAlert before) {
    Instant at = condition.at();
    AlertState old = before == null ? new AlertState.Resolved(at, at) : before.state();
    AlertState now =
        switch (condition.state()) {
          case FIRING -> old.fire(at);
          case FROZEN -> old.freeze(at, condition.frozenRegions());
          case RESOLVED -> old.resolve(at);
        };
    return new GroupedAlert(alert, now, condition);
  }
}
