// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.objectives.Slo;
import dev.nines.objectives.sla.Agreements;
import dev.nines.objectives.sla.Agreements.Version;
import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.Minutes;
import dev.nines.objectives.sla.Period;
import dev.nines.objectives.sla.ReportScope;
import dev.nines.objectives.sla.evidence.EvidenceJson;
import dev.nines.objectives.sla.evidence.Pack;
import dev.nines.warehouse.Query;
import java.security.KeyPair;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gathers what a report is computed from, as known at any instant, and has it computed. */
public final class SlaReports {

  private final Agreements agreements;
  private final LedgerMinutes ledger;
  private final StoredReports stored;
  private final SigningKey key;
  private final ReportsConfig config;
  private final ReportsMetrics metrics;

  public SlaReports(
      Agreements agreements,
      Query query,
      StoredReports stored,
      SigningKey key,
      ReportsConfig config,
      ReportsMetrics metrics) {
    this.agreements = agreements;
    this.ledger = new LedgerMinutes(query);
    this.stored = stored;
    this.key = key;
    this.config = config;
    this.metrics = metrics;
  }

  /** What somebody asks for could not be answered. */
  public static final class NoSuchReport extends Exception {
    NoSuchReport(String message) {
      super(message);
    }
  }

  /** The contract that holds for a month, and that month in the contract's zone. */
  record Subject(String tenant, Version version, Period period) {}

  Subject month(String tenant, String customer, YearMonth month, Instant asOf) throws NoSuchReport {
    return subject(
        tenant, customer, month, asOf, contract -> Period.month(month, contract.timeZone()));
  }

  /** Any period; the contract is the one of the month, by UTC, in which it begins. */
  Subject between(String tenant, String customer, Instant from, Instant to, Instant asOf)
      throws NoSuchReport {
    YearMonth month = YearMonth.from(from.atOffset(ZoneOffset.UTC));
    return subject(
        tenant, customer, month, asOf, contract -> new Period(from, to, contract.timeZone()));
  }

  private Subject subject(
      String tenant,
      String customer,
      YearMonth month,
      Instant asOf,
      Function<Contract, Period> period)
      throws NoSuchReport {
    Optional<Version> version = agreements.contract(tenant, customer, month, asOf);
    if (version.isEmpty()) {
      throw new NoSuchReport("no contract of '" + customer + "' holds for " + month);
    }
    return new Subject(tenant, version.get(), period.apply(version.get().contract()));
  }

  /** The latest revision, or the one asked for. */
  Optional<Pack> stored(Subject subject, int revision) {
    return stored.find(
        subject.tenant(), subject.version().contract().customer(), subject.period(), revision);
  }

  /** Computes and signs. */
  Pack pack(Subject subject, Instant asOf, int revision, String cause) throws NoSuchReport {
    Pack.Inputs inputs = inputs(subject, asOf);
    return metrics.timed(() -> Pack.of(inputs, revision, cause, key.pair()));
  }

  KeyPair keyPair() {
    return key.pair();
  }

  Pack.Inputs inputs(Subject subject, Instant asOf) throws NoSuchReport {
    Period whole = subject.period();
    Instant through = earlier(whole.to(), asOf.truncatedTo(ChronoUnit.MINUTES));
    if (!through.isAfter(whole.from())) {
      throw new NoSuchReport("nothing was known at " + asOf + " of what begins " + whole.from());
    }
    Contract contract = subject.version().contract();
    Period looked = new Period(whole.from(), through, whole.zone());
    List<Minutes> minutes = new ArrayList<>();
    List<Slo> definitions = new ArrayList<>();
    for (Contract.Service service : contract.services()) {
      minutes.add(ledger.read(subject.tenant(), service, looked, asOf));
      agreements
          .definitions(
              subject.tenant(),
              service.slo(),
              ledger.lines(subject.tenant(), service, looked, asOf))
          .stream()
          .filter(slo -> !definitions.contains(slo))
          .forEach(definitions::add);
    }
    return new Pack.Inputs(
        new ReportScope(
            subject.tenant(),
            subject.version().version(),
            whole.from(),
            whole.to(),
            through,
            asOf,
            asOf.isBefore(whole.to().plus(config.settle()))),
        contract,
        subject.version().yaml(),
        EvidenceJson.write(definitions),
        agreements.exclusions(
            subject.tenant(), contract.customer(), looked.from(), looked.to(), asOf),
        minutes);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
