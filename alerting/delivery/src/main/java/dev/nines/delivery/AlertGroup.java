// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.alerts.AlertGroupEvent.Reason;
import dev.nines.alerts.AlertState;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord.State;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one SLO. Told are: the first alert, a newly firing scope, another kind of alert in
 * a scope, a rise from ticket to page, nothing left but frozen alerts, firing again after that, and
 * the last alert's end.
 */
final class AlertGroup {

  private final Map<String, GroupedAlert> before = new TreeMap<>();

  AlertGroup(Collection<GroupedAlert> members) {
    members.forEach(member -> before.put(member.alert().fingerprint(), member));
  }

  Decision decide(GroupedAlert changed) {
    GroupedAlert old = before.get(changed.alert().fingerprint());
    Map<String, GroupedAlert> after = new TreeMap<>(before);
    after.put(changed.alert().fingerprint(), changed);
    return switch (changed.state()) {
      case AlertState.Firing firing -> fires(old, changed, after);
      case AlertState.Frozen frozen -> freezes(old, changed, after);
      case AlertState.Resolved resolved -> resolves(old, changed, after);
    };
  }

  private Decision fires(
      @Nullable GroupedAlert old, GroupedAlert changed, Map<String, GroupedAlert> after) {
    if (!any(before, GroupedAlert::open)) {
      return tell(Reason.NEW, changed, after);
    }
    if (severity(before) == Severity.TICKET && severity(after) == Severity.PAGE) {
      return tell(Reason.ESCALATED, changed, after);
    }
    if (!any(before, GroupedAlert::firing)) {
      return tell(Reason.FIRES_AGAIN, changed, after);
    }
    if (!any(before, alert -> alert.open() && alike(alert, changed))) {
      return tell(Reason.NEW_SCOPE, changed, after);
    }
    String scope = changed.condition().scope();
    return new Decision.Keep(
        old != null && old.firing() ? "fires already" : "another alert of " + scope + " is open");
  }

  private Decision freezes(
      @Nullable GroupedAlert old, GroupedAlert changed, Map<String, GroupedAlert> after) {
    if (!any(before, GroupedAlert::open)) {
      return tell(Reason.NEW, changed, after);
    }
    if (any(after, GroupedAlert::firing)) {
      return new Decision.Keep("another alert of the group fires");
    }
    return old != null
            && old.state() instanceof AlertState.Frozen
            && !any(before, GroupedAlert::firing)
        ? new Decision.Keep("frozen already")
        : tell(Reason.FROZEN, changed, after);
  }

  private Decision resolves(
      @Nullable GroupedAlert old, GroupedAlert changed, Map<String, GroupedAlert> after) {
    if (old == null || !old.open()) {
      return new Decision.Keep("was not open");
    }
    if (!any(after, GroupedAlert::open)) {
      return tell(Reason.RESOLVED, changed, after);
    }
    if (any(before, GroupedAlert::firing) && !any(after, GroupedAlert::firing)) {
      return tell(Reason.FROZEN, changed, after);
    }
    return new Decision.Keep("another alert of the group is open");
  }

  private static Decision tell(
      Reason reason, GroupedAlert changed, Map<String, GroupedAlert> after) {
    State state =
        any(after, GroupedAlert::firing)
            ? State.FIRING
            : any(after, GroupedAlert::open) ? State.FROZEN : State.RESOLVED;
    List<Condition> conditions =
        after.values().stream()
            .filter(alert -> alert.open() || alert.equals(changed))
            .map(GroupedAlert::condition)
            .sorted(Comparator.comparing(Condition::scope).thenComparing(Condition::fingerprint))
            .toList();
    Severity severity = state == State.RESOLVED ? changed.condition().severity() : severity(after);
    return new Decision.Tell(state, severity, reason, conditions);
  }

  /** A budget that burns in a scope says nothing of traffic that vanishes there. */
  private static boolean alike(GroupedAlert alert, GroupedAlert other) {
    return alert.condition().scope().equals(other.condition().scope())
        && alert.condition().alertName().equals(other.condition().alertName());
  }

  private static boolean any(Map<String, GroupedAlert> alerts, Predicate<GroupedAlert> rule) {
    return alerts.values().stream().anyMatch(rule);
  }

  private static Severity severity(Map<String, GroupedAlert> alerts) {
    return any(alerts, alert -> alert.open() && alert.condition().severity() == Severity.PAGE)
        ? Severity.PAGE
        : Severity.TICKET;
  }
}
