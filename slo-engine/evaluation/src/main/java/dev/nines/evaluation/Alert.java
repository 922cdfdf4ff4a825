// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord.State;
import java.time.Instant;
import java.util.List;

/** An open alert of one policy in one scope, as it was last told. */
record Alert(
    String scope, BurnPolicy policy, State state, Instant firstBadAt, List<String> frozenRegions) {

  Alert told(State next, List<String> regions) {
    return new Alert(scope, policy, next, firstBadAt, regions);
  }
}
