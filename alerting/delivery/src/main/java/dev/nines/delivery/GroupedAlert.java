// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.alerts.Alert;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.alerts.AlertState;

/** An alert with its state and its figures. */
record GroupedAlert(Alert alert, AlertState state, Condition condition) {

  boolean open() {
    return state.open();
  }

  boolean firing() {
    return state instanceof AlertState.Firing;
  }
}
