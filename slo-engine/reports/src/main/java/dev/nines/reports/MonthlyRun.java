// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.objectives.sla.Agreements;
import dev.nines.objectives.sla.Agreements.Party;
import dev.nines.objectives.sla.Period;
import dev.nines.objectives.sla.evidence.Pack;
import dev.nines.reports.SlaReports.NoSuchReport;
import dev.nines.reports.SlaReports.Subject;
import dev.nines.warehouse.WarehouseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the report of each month that is over and had time to settle; stores another revision when
 * late data, an exclusion or the contract changed what it is computed from.
 */
public final class MonthlyRun {

  private static final Logger LOG = LoggerFactory.getLogger(MonthlyRun.class);

  private final Agreements agreements;
  private final SlaReports reports;
  private final StoredReports stored;
  private final ReportsConfig config;
  private final ReportsMetrics metrics;
  private final InstantSource clock;

  public MonthlyRun(
      Agreements agreements,
      SlaReports reports,
      StoredReports stored,
      ReportsConfig config,
      ReportsMetrics metrics,
      InstantSource clock) {
    this.agreements = agreements;
    this.reports = reports;
    this.stored = stored;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Goes over every contract. One that fails is counted, told in the log, and does not keep the
   * others from theirs.
   *
   * @return customers whose contract failed
   * @throws WarehouseException when ClickHouse is away: nothing can be stored
   */
  public List<Party> run() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<Party> failed = new ArrayList<>();
    for (Party party : agreements.parties()) {
      try {
        months(party, now);
      } catch (NoSuchReport | IllegalStateException | IllegalArgumentException e) {
        failed.add(party);
        metrics.failed();
        LOG.error("no monthly report of {} for {}", party.tenant(), party.customer(), e);
      }
    }
    metrics.ran(now.getEpochSecond());
    return failed;
  }

  private void months(Party party, Instant now) throws NoSuchReport {
    YearMonth current = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    for (int back = config.monthsChecked(); back >= 0; back--) {
      YearMonth month = current.minusMonths(back);
      if (agreements.contract(party.tenant(), party.customer(), month, now).isPresent()) {
        Subject subject = reports.month(party.tenant(), party.customer(), month, now);
        if (!now.isBefore(subject.period().to().plus(config.settle()))) {
          revise(party, subject, now);
        }
      }
    }
  }

  private void revise(Party party, Subject subject, Instant now) throws NoSuchReport {
    Optional<Pack> before = reports.stored(subject, 0);
    int revision = before.map(pack -> pack.manifest().revision()).orElse(0) + 1;
    Pack computed = reports.pack(subject, now, revision, "the period is over");
    if (before.isEmpty() && beforeItsTime(subject, computed)) {
      return;
    }
    Optional<String> cause =
        before.isEmpty() ? Optional.of("the period is over") : computed.difference(before.get());
    if (cause.isPresent()) {
      Period period = subject.period();
      Pack pack = before.isEmpty() ? computed : reports.pack(subject, now, revision, cause.get());
      stored.keep(party.tenant(), party.customer(), period, pack, now);
      metrics.stored();
      LOG.info(
          "report of {} for {}: {} to {}, revision {}: {}",
          party.tenant(),
          party.customer(),
          period.from(),
          period.to(),
          revision,
          cause.get());
    }
  }

  /** Nothing was heard in a month that was over when the contract was put here. */
  private static boolean beforeItsTime(Subject subject, Pack computed) {
    return !subject.version().madeAt().isBefore(subject.period().to())
        && computed.report().services().stream()
            .allMatch(service -> service.minutes().unmeasured() == service.minutes().all());
  }
}
