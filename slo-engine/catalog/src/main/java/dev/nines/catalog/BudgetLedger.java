// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.objectives.Slo;
import dev.nines.objectives.ledger.Accounts.ScopeAccounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port to both accounts of a budget; what has the ledger answers. */
public interface BudgetLedger {

  /** Of the period of an instant, as known then; empty while the store does not answer. */
  Optional<List<ScopeAccounts>> accounts(Slo slo, Instant at);
}
