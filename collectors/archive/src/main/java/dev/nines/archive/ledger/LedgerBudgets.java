// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.archive.LedgerAccount;
import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.ledger.Accounts;
import dev.nines.objectives.ledger.Accounts.Parts;
import dev.nines.objectives.ledger.Accounts.ScopeAccounts;
import dev.nines.objectives.ledger.BudgetTime;
import dev.nines.objectives.ledger.ExcludedTime;
import dev.nines.objectives.sla.Exclusion;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Computes both accounts of a budget: what was counted from the ledger, what is left out asked. */
public final class LedgerBudgets {

  private final LedgerParts ledger;
  private final ExclusionSource exclusions;

  public LedgerBudgets(LedgerParts ledger, ExclusionSource exclusions) {
    this.ledger = ledger;
    this.exclusions = exclusions;
  }

  /**
   * @param exclusions that are left out, by begin
   */
  public record Both(BudgetTime time, List<ScopeAccounts> scopes, List<Exclusion> exclusions) {}

  /**
   * Of the period of an instant, as known at another: all that the SLO's line has, and no other.
   */
  public Both of(Slo slo, Instant at, Instant knownAt) {
    BudgetTime time = BudgetTime.at(slo, at.toEpochMilli());
    List<Exclusion> approved =
        exclusions.approved(
            slo, Instant.ofEpochSecond(time.from()), Instant.ofEpochSecond(time.end()), knownAt);
    ExcludedTime excluded = ExcludedTime.of(approved);
    LedgerAccount account = new LedgerAccount.OfLine(slo.line());
    Question question =
        new Question(slo.id(), account, SloStatus.GLOBAL, time.from(), time.to(), knownAt);
    Accounts accounts = new Accounts(slo, time, excluded);
    Map<String, Parts> regions = ledger.regions(question, excluded);
    regions.forEach(accounts::region);
    if (slo.budgeting() instanceof Sliced sliced) {
      ledger.slices(
          question,
          excluded,
          sliced.slice().toSeconds(),
          regions.size(),
          parts -> accounts.slice(sliced, parts));
    }
    return new Both(time, accounts.scopes(), approved);
  }
}
