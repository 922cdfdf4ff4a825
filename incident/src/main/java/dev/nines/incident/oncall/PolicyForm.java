// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.incident.oncall.EscalationPolicy.Step;
import dev.nines.objectives.request.FieldRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An escalation policy as a client writes and reads it; the name is in the path. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PolicyForm(
    @Nullable String name,
    @Nullable List<@Nullable StepForm> steps,
    @Nullable Integer repeat,
    @Nullable String urgency,
    @Nullable Integer acknowledgeTimeoutSeconds) {

  private static final int STEPS_MAX = 20;
  private static final int REPEAT_MAX = 100;
  private static final Duration TIMEOUT_MIN = Duration.ofSeconds(1);
  private static final Duration TIMEOUT_MAX = Duration.ofDays(7);

  /**
   * @param targets such as {@code schedule/primary}, {@code user/ann}, {@code channel/team}
   * @param timeoutSeconds before the next step
   */
  record StepForm(@Nullable List<@Nullable String> targets, @Nullable Integer timeoutSeconds) {}

  static PolicyForm of(EscalationPolicy policy) {
    return new PolicyForm(
        policy.name(),
        List.copyOf(policy.steps().stream().map(PolicyForm::of).toList()),
        policy.repeat(),
        policy.urgency() == null ? null : Names.word(policy.urgency()),
        policy.acknowledgeTimeout() == null
            ? null
            : Math.toIntExact(policy.acknowledgeTimeout().toSeconds()));
  }

  EscalationPolicy policy(FieldRules rules, String path) {
    if (name != null && !name.equals(path)) {
      rules.refuse("name", "conflict", name, "differs from the name in the path");
    }
    List<Step> read = new ArrayList<>();
    for (StepForm step : Names.items(rules, "steps", steps, 1, STEPS_MAX)) {
      read.add(step(rules, "steps[" + read.size() + "]", step));
    }
    return new EscalationPolicy(
        Names.name(rules, "name", path),
        read,
        repeat == null ? 0 : Names.number(rules, "repeat", repeat, 0, REPEAT_MAX),
        urgency == null ? null : Names.word(rules, "urgency", urgency, Urgency.class),
        acknowledgeTimeoutSeconds == null
            ? null
            : Names.seconds(
                rules,
                "acknowledgeTimeoutSeconds",
                acknowledgeTimeoutSeconds,
                TIMEOUT_MIN,
                TIMEOUT_MAX));
  }

  private static Step step(FieldRules rules, String at, StepForm form) {
    return new Step(
        Target.list(rules, at + ".targets", form.targets()),
        Names.seconds(
            rules, at + ".timeoutSeconds", form.timeoutSeconds(), TIMEOUT_MIN, TIMEOUT_MAX));
  }

  private static StepForm of(Step step) {
    return new StepForm(
        List.copyOf(step.targets().stream().map(Target::toString).toList()),
        Math.toIntExact(step.timeout().toSeconds()));
  }
}
