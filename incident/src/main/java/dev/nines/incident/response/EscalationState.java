// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.oncall.EscalationPolicy;
import dev.nines.incident.oncall.EscalationPolicy.Step;
import dev.nines.incident.oncall.Urgency;
import dev.nines.objectives.BurnPolicy.Severity;

/**
 * How a run of an incident escalates.
 *
 * @param policy as it was when the run began; who has the duty is looked up at each step
 * @param firstLoop loop in which the policy began; more than 0 after a reassignment
 * @param step that the incident stands on, from 0
 */
public record EscalationState(EscalationPolicy policy, int firstLoop, int step) {

  /** A loop and a step in it. */
  record Position(int loop, int step) {}

  /** The last loop that pages. */
  public int lastLoop() {
    return firstLoop + policy.repeat();
  }

  Position position(Incident incident) {
    return new Position(incident.loop(), step);
  }

  Position next(Position from) {
    return from.step() + 1 < policy.steps().size()
        ? new Position(from.loop(), from.step() + 1)
        : new Position(from.loop() + 1, 0);
  }

  boolean exhausted(Position position) {
    return position.loop() > lastLoop();
  }

  Step at(Position position) {
    return policy.steps().get(position.step());
  }

  EscalationState standing(Position position) {
    return new EscalationState(policy, firstLoop, position.step());
  }

  Urgency urgency(Severity severity) {
    Urgency ruled = policy.urgency();
    if (ruled != null) {
      return ruled;
    }
    return severity == Severity.PAGE ? Urgency.PAGE : Urgency.TICKET;
  }
}
