// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import dev.nines.incident.oncall.Definitions.Kind;
import dev.nines.incident.oncall.EscalationPolicy.Step;
import dev.nines.journal.Journal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The escalation policies of all tenants, and which of them a service has. */
public final class Policies {

  private static final int POLICIES_MAX = 200;

  private final Journal journal;
  private final Changes changes;

  public Policies(Journal journal, Changes changes) {
    this.journal = journal;
    this.changes = changes;
  }

  /** Creates or replaces; incidents that are under way keep the steps that they began with. */
  public Answer put(String tenant, EscalationPolicy policy, String who) {
    return changes.in(
        tenant,
        (tx, now) -> {
          Optional<Answer> unknown = unknownTarget(tx, tenant, policy);
          if (unknown.isPresent()) {
            return unknown.get();
          }
          if (Definitions.policy(tx, tenant, policy.name()).isEmpty()
              && Definitions.policies(tx, tenant).size() >= POLICIES_MAX) {
            return new Answer.Conflict("a tenant has at most " + POLICIES_MAX + " policies");
          }
          Definitions.put(tx, tenant, Kind.POLICY, policy.name(), policy);
          changes.audit(tx, tenant, who, "policy.put", "policy/" + policy.name(), policy, now);
          return new Answer.Done();
        });
  }

  public Answer delete(String tenant, String name, String who) {
    return changes.in(
        tenant,
        (tx, now) -> {
          if (Definitions.routing(tx, tenant).names(name)) {
            return new Answer.Conflict(name + " is needed by the routing");
          }
          if (!Definitions.delete(tx, tenant, Kind.POLICY, name)) {
            return new Answer.Unknown("policy " + name);
          }
          changes.audit(tx, tenant, who, "policy.delete", "policy/" + name, name, now);
          return new Answer.Done();
        });
  }

  public List<EscalationPolicy> list(String tenant) {
    return journal.transact(tx -> Definitions.policies(tx, tenant));
  }

  public Answer route(String tenant, Routing routing, String who) {
    return changes.in(
        tenant,
        (tx, now) -> {
          List<String> named = new ArrayList<>();
          routing.rules().forEach(rule -> named.add(rule.policy()));
          if (routing.defaultPolicy() != null) {
            named.add(routing.defaultPolicy());
          }
          for (String policy : named) {
            if (Definitions.policy(tx, tenant, policy).isEmpty()) {
              return Answer.invalid("policy", "unknown-policy", policy, "is no policy");
            }
          }
          Definitions.put(tx, tenant, Kind.ROUTING, "", routing);
          changes.audit(tx, tenant, who, "routing.put", "routing", routing, now);
          return new Answer.Done();
        });
  }

  public Routing routing(String tenant) {
    return journal.transact(tx -> Definitions.routing(tx, tenant));
  }

  /**
   * The policy of an incident; empty where none is defined.
   *
   * @param service null for an incident of the platform itself
   */
  public static Optional<EscalationPolicy> of(
      Connection tx, String tenant, @Nullable String service) throws SQLException {
    Optional<String> name = Definitions.routing(tx, tenant).policy(service);
    return name.isEmpty() ? Optional.empty() : Definitions.policy(tx, tenant, name.get());
  }

  /** Policies with the target, as {@code policy/name}. */
  static List<String> naming(Connection tx, String tenant, Target target) throws SQLException {
    List<String> naming = new ArrayList<>();
    for (EscalationPolicy policy : Definitions.policies(tx, tenant)) {
      if (policy.steps().stream().anyMatch(step -> step.targets().contains(target))) {
        naming.add("policy/" + policy.name());
      }
    }
    return naming;
  }

  /** A target that is there neither as user nor as schedule; channels may come later. */
  public static Optional<Answer> unknownTarget(
      Connection tx, String tenant, EscalationPolicy policy) throws SQLException {
    for (Step step : policy.steps()) {
      for (Target target : step.targets()) {
        boolean known =
            switch (target.kind()) {
              case USER -> Definitions.user(tx, tenant, target.name()).isPresent();
              case SCHEDULE -> ScheduleRows.latest(tx, tenant, target.name()).isPresent();
              case CHANNEL, EVERY_CHANNEL -> true;
            };
        if (!known) {
          return Optional.of(
              Answer.invalid("targets", "unknown-target", target.toString(), "is not there"));
        }
      }
    }
    return Optional.empty();
  }
}
