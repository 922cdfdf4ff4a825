// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told, and who next when nobody acknowledges.
 *
 * @param name empty for what is done where no policy is defined
 * @param steps one after the other
 * @param repeat how often all steps are gone through again, before the fallback is told
 * @param urgency null leaves it to the severity of the incident
 * @param acknowledgeTimeout pages again when it is acknowledged and not resolved for so long; null
 *     is never
 */
public record EscalationPolicy(
    String name,
    List<Step> steps,
    int repeat,
    @Nullable Urgency urgency,
    @Nullable Duration acknowledgeTimeout) {

  public EscalationPolicy {
    steps = List.copyOf(steps);
  }

  /**
   * @param timeout to acknowledge, before the next step
   */
  public record Step(List<Target> targets, Duration timeout) {

    public Step {
      targets = List.copyOf(targets);
    }
  }

  /** Every channel at once, again and again. */
  public static EscalationPolicy everyChannel(Duration timeout, int repeat) {
    return new EscalationPolicy(
        "", List.of(new Step(List.of(Target.EVERY_CHANNEL), timeout)), repeat, null, null);
  }

  /** This policy with one step to the targets. */
  public static EscalationPolicy to(List<Target> targets, Duration timeout, int repeat) {
    return new EscalationPolicy("", List.of(new Step(targets, timeout)), repeat, null, null);
  }
}
