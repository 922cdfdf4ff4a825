// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import dev.nines.demo.truth.PolicyOracle.Arrival;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page that the policies of one objective call for.
 *
 * @param scope the first for which they do
 * @param factor of the policy
 */
public record DuePage(
    String slo,
    String scope,
    BigDecimal factor,
    Instant earliest,
    Instant firstBadEvent,
    long clientDelayMillis,
    boolean owed) {

  /** The earliest page for which any scope calls; one that is owed comes before one that is not. */
  public static Optional<DuePage> earliest(
      String slo,
      BigDecimal target,
      List<Objective.Policy> policies,
      Map<String, List<Arrival>> arrivalsByScope,
      Instant effectiveFrom) {
    List<DuePage> due = new ArrayList<>();
    arrivalsByScope.forEach(
        (scope, arrivals) -> {
          for (Objective.Policy policy : policies) {
            if (policy.severity().equals("page")) {
              new PolicyOracle(target, effectiveFrom)
                  .firstDue(policy, arrivals)
                  .ifPresent(found -> due.add(of(slo, scope, policy, found)));
            }
          }
        });
    boolean owed = due.stream().anyMatch(DuePage::owed);
    return due.stream()
        .filter(page -> page.owed() == owed)
        .min(Comparator.comparing(DuePage::earliest));
  }

  private static DuePage of(
      String slo, String scope, Objective.Policy policy, PolicyOracle.Due due) {
    Instant end = Instant.ofEpochSecond(0, due.lastEndNanos());
    return new DuePage(
        slo,
        scope,
        policy.factor(),
        due.earliest(),
        Instant.ofEpochSecond(0, due.firstBadNanos()),
        due.earliest().toEpochMilli() - end.toEpochMilli(),
        due.lasted());
  }
}
