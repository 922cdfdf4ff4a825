// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.sla.Report.ExclusionReport;
import dev.nines.objectives.sla.Report.ServiceReport;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Computes a report; nothing but its arguments decides what is in it. */
public final class ReportBuilder {

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ENGLISH);

  private final ReportScope scope;
  private final Contract contract;
  private final Period period;
  private final List<Exclusion> exclusions;
  private final List<Rulings.Ruling> rulings = new ArrayList<>();
  private final List<Timeline> timelines = new ArrayList<>();

  /**
   * @param exclusions as declared; the contract rules which count
   */
  public ReportBuilder(ReportScope scope, Contract contract, List<Exclusion> exclusions) {
    this.scope = scope;
    this.contract = contract;
    this.exclusions = exclusions;
    this.period = new Period(scope.from(), scope.through(), contract.timeZone());
  }

  /**
   * @param minutes one for each service of the contract, in its order
   * @param definitionHash see {@link Report#definitionHash}
   */
  public Report build(List<Minutes> minutes, String definitionHash) {
    List<ServiceReport> services = new ArrayList<>();
    List<Credit> credits = new ArrayList<>();
    for (int i = 0; i < contract.services().size(); i++) {
      Contract.Service service = contract.services().get(i);
      Rulings ruled = Rulings.of(contract, service, period, exclusions);
      rulings.addAll(ruled.rulings());
      ServiceBuilder builder =
          new ServiceBuilder(contract, service, period, minutes.get(i), ruled.excluded());
      timelines.add(builder.timeline());
      credits.add(builder.credit());
      services.add(builder.build());
    }
    return new Report(
        Report.FORMAT,
        scope.tenant(),
        contract.customer(),
        contract.displayName(),
        contract.provider(),
        scope.contractVersion(),
        name(),
        scope.from(),
        scope.to(),
        scope.through(),
        contract.timeZone().getId(),
        scope.asOf(),
        scope.provisional(),
        definitionHash,
        contract.credits().currency().getCurrencyCode(),
        Words.terms(contract),
        services,
        exclusions(),
        Credit.total(contract, credits));
  }

  /** The judged minutes of each service, once {@link #build} returned. */
  public List<Timeline> timelines() {
    return List.copyOf(timelines);
  }

  private String name() {
    Period whole = new Period(scope.from(), scope.to(), contract.timeZone());
    return whole
        .asMonth()
        .map((YearMonth month) -> MONTH.format(month))
        .orElseGet(() -> local(scope.from()) + " to " + local(scope.to()));
  }

  private String local(Instant instant) {
    return MINUTE.format(instant.atZone(contract.timeZone()));
  }

  private List<ExclusionReport> exclusions() {
    return exclusions.stream()
        .sorted(Comparator.comparing(Exclusion::from).thenComparing(Exclusion::id))
        .map(this::exclusion)
        .filter(each -> !each.rulings().isEmpty())
        .toList();
  }

  private ExclusionReport exclusion(Exclusion exclusion) {
    List<Rulings.Ruling> about =
        rulings.stream().filter(ruling -> ruling.exclusion().equals(exclusion.id())).toList();
    return new ExclusionReport(
        exclusion.id(),
        exclusion.kind().word(),
        exclusion.from(),
        exclusion.to(),
        exclusion.announcedAt(),
        exclusion.reason(),
        about.stream().mapToInt(Rulings.Ruling::minutes).sum(),
        about);
  }
}
