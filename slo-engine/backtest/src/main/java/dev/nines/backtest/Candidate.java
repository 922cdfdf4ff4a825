// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.objectives.Slo;
import dev.nines.objectives.openslo.PolicySet;
import dev.nines.objectives.openslo.PolicySet.Fitted;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What is held against the history: what each SLO declares, or one set for all.
 *
 * @param set empty for what is declared
 */
record Candidate(String name, Optional<PolicySet> set) {

  static Candidate declared() {
    return new Candidate(Outcome.DECLARED, Optional.empty());
  }

  static Candidate of(PolicySet set) {
    return new Candidate(set.name(), Optional.of(set));
  }

  Fitted fit(Slo slo) {
    return set.map(each -> each.fit(slo)).orElseGet(() -> new Fitted(slo.policies(), List.of()));
  }

  /** What an alert needs beyond its burn rates; one playback has one of each. */
  Guard guard(Slo slo) {
    return set.map(each -> new Guard(each.confidence(), each.minFailures()))
        .orElseGet(() -> new Guard(slo.confidence(), slo.minFailures()));
  }

  /**
   * @param confidence 0 means none
   */
  record Guard(BigDecimal confidence, long minFailures) {
    Guard {
      confidence = confidence.stripTrailingZeros();
    }
  }
}
