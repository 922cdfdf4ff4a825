// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.archive.Parameters;
import dev.nines.objectives.ObjectiveSource;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.ledger.Accounts.ScopeAccounts;
import dev.nines.objectives.request.Problems;
import dev.nines.objectives.sla.Exclusion;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Both accounts of a budget, computed from the ledger as it was known at any instant. */
@Path("/api/v1/slos/{name}/budget")
@Produces(MediaType.APPLICATION_JSON)
public final class BudgetResource {

  private final CurrentPrincipal caller;
  private final ObjectiveSource objectives;
  private final LedgerBudgets budgets;
  private final InstantSource clock;

  public BudgetResource(
      CurrentPrincipal caller,
      ObjectiveSource objectives,
      LedgerBudgets budgets,
      InstantSource clock) {
    this.caller = caller;
    this.objectives = objectives;
    this.budgets = budgets;
    this.clock = clock;
  }

  /**
   * @param periodFrom of the first minute that is counted
   * @param periodTo end of the period
   * @param treatment what the adjusted account makes of excluded time: {@code removed} or {@code
   *     good}
   * @param scopes all regions together first, then each by name
   * @param exclusions that the adjusted account leaves out, by begin
   */
  public record Answer(
      String slo,
      long line,
      Instant at,
      Instant knownAt,
      BigDecimal target,
      Instant periodFrom,
      Instant periodTo,
      String treatment,
      List<ScopeAccounts> scopes,
      List<Exclusion> exclusions) {}

  /**
   * @param at RFC 3339, the period is the one of then; now by default
   * @param knownAt RFC 3339, what was known of events and exclusions then, by the definition in
   *     force then at the latest; now by default
   */
  @GET
  public Answer read(
      @PathParam("name") String name,
      @QueryParam("at") @Nullable String at,
      @QueryParam("knownAt") @Nullable String knownAt) {
    try {
      Instant now = clock.instant();
      Instant then = at == null ? now : Parameters.time("at", at);
      Instant known = Parameters.past("knownAt", knownAt, now);
      if (then.isAfter(now)) {
        throw new IllegalArgumentException("at: is in the future");
      }
      return answer(slo(name, then.isBefore(known) ? then : known), then, known);
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }

  private Answer answer(Slo slo, Instant at, Instant knownAt) {
    LedgerBudgets.Both both = budgets.of(slo, at, knownAt);
    return new Answer(
        slo.id().name(),
        slo.line(),
        at,
        knownAt,
        slo.target(),
        Instant.ofEpochSecond(both.time().from()),
        Instant.ofEpochSecond(both.time().end()),
        slo.excludedGood() ? "good" : "removed",
        both.scopes(),
        both.exclusions());
  }

  private Slo slo(String name, Instant at) {
    return objectives
        .inForce(new SloId(caller.principal().tenant(), name), at)
        .map(slo -> Problems.counting("name", slo))
        .orElseThrow(() -> Problems.notFound("there was no SLO '" + name + "' at " + at));
  }
}
