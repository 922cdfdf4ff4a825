// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.archive.Accounting;
import dev.nines.archive.CanaryEvidence;
import dev.nines.archive.IncidentSpans;
import dev.nines.archive.LedgerGroups;
import dev.nines.archive.LedgerImpact;
import dev.nines.archive.SpanEvidence;
import dev.nines.archive.Traces;
import dev.nines.archive.graph.ServiceGraph;
import dev.nines.archive.ledger.LedgerBudgets;
import dev.nines.archive.ledger.LedgerCells;
import dev.nines.archive.ledger.LedgerParts;
import dev.nines.archive.ledger.LedgerRevisions;
import dev.nines.archive.metrics.MetricCatalog;
import dev.nines.archive.metrics.MetricRange;
import dev.nines.archive.retention.Retention;
import dev.nines.archive.users.UserEvidence;
import dev.nines.catalog.BudgetLedger;
import dev.nines.catalog.Catalog;
import dev.nines.catalog.Exclusions;
import dev.nines.objectives.ObjectiveSource;
import dev.nines.server.calls.CallOuts;
import dev.nines.server.calls.QueryGuard;
import dev.nines.server.role.RetentionSettings;
import dev.nines.server.traces.TracedWork;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.WarehouseException;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Readers of the central store, made when a request or a postmortem asks. */
final class ArchiveBeans {

  @Produces
  @Singleton
  Query query(Stores stores, CallOuts callOuts, TracedWork traces) {
    return new Query(stores.warehouse(), QueryLimits.DEFAULT, new QueryGuard(callOuts, traces));
  }

  void close(@Disposes Query query) {
    query.close();
  }

  @Produces
  @Singleton
  Traces traces(Query query) {
    return new Traces(query);
  }

  @Produces
  @Singleton
  ServiceGraph serviceGraph(Query query) {
    return new ServiceGraph(query);
  }

  @Produces
  @Singleton
  Retention retention(NinesConfig config) {
    return RetentionSettings.retention(config.retention());
  }

  @Produces
  @Singleton
  Accounting accounting(Query query) {
    return new Accounting(query);
  }

  @Produces
  @Singleton
  MetricCatalog metricCatalog(Query query) {
    return new MetricCatalog(query);
  }

  @Produces
  @Singleton
  MetricRange metricRange(Query query, MetricCatalog catalog) {
    return new MetricRange(query, catalog);
  }

  @Produces
  @Singleton
  SpanEvidence spanEvidence(Query query) {
    return new SpanEvidence(query);
  }

  @Produces
  @Singleton
  CanaryEvidence canaryEvidence(Query query) {
    return new CanaryEvidence(query);
  }

  @Produces
  @Singleton
  UserEvidence userEvidence(Query query) {
    return new UserEvidence(query);
  }

  @Produces
  @Singleton
  ObjectiveSource objectiveSource(Catalog catalog) {
    return (slo, at) ->
        catalog.inForce(slo.tenant(), at).stream()
            .flatMap(generation -> generation.slos().stream())
            .filter(each -> each.id().equals(slo))
            .findFirst();
  }

  @Produces
  @Singleton
  LedgerGroups ledgerGroups(Query query) {
    return new LedgerGroups(query);
  }

  @Produces
  @Singleton
  IncidentSpans incidentSpans(Query query) {
    return new IncidentSpans(query);
  }

  @Produces
  @Singleton
  LedgerImpact ledgerImpact(Query query) {
    return new LedgerImpact(query);
  }

  @Produces
  @Singleton
  LedgerCells ledgerCells(Query query) {
    return new LedgerCells(query);
  }

  @Produces
  @Singleton
  LedgerRevisions ledgerRevisions(Query query) {
    return new LedgerRevisions(query);
  }

  @Produces
  @Singleton
  LedgerBudgets ledgerBudgets(Query query, Exclusions exclusions) {
    return new LedgerBudgets(new LedgerParts(query), exclusions::approved);
  }

  /** An SLO is shown with its live budget also while the store is away. */
  @Produces
  @Singleton
  BudgetLedger budgetLedger(LedgerBudgets budgets) {
    return (slo, at) -> {
      try {
        return Optional.of(budgets.of(slo, at, at).scopes());
      } catch (WarehouseException e) {
        return Optional.empty();
      }
    };
  }
}
