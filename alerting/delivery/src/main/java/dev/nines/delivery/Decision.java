// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.alerts.AlertGroupEvent.Reason;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord.State;
import java.util.List;

/** What a change of one alert means for the people behind its group. */
sealed interface Decision {

  /** They are told. */
  record Tell(State state, Severity severity, Reason reason, List<Condition> conditions)
      implements Decision {}

  /** They know already, or it is nothing to them. */
  record Keep(String why) implements Decision {}
}
