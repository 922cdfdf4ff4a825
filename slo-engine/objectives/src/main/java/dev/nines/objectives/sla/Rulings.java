// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.openslo.DurationText;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which declared exclusions a contract accepts for one service, in the order of their beginning.
 *
 * @param excluded minutes that are left out
 * @param rulings one for each exclusion that touches the period and the service
 */
public record Rulings(BitSet excluded, List<Ruling> rulings) {

  private static final Comparator<Exclusion> BY_BEGIN =
      Comparator.comparing(Exclusion::from).thenComparing(Exclusion::id);

  /**
   * What became of one exclusion.
   *
   * @param service by its name in the contract
   * @param minutes that it leaves out and no earlier one did
   * @param reason why it was not accepted, or not wholly; empty when it was
   */
  public record Ruling(String exclusion, String service, int minutes, String reason) {}

  public static Rulings of(
      Contract contract, Contract.Service service, Period period, List<Exclusion> declared) {
    Court court = new Court(contract, service, period);
    declared.stream()
        .filter(exclusion -> exclusion.isAbout(service.slo()))
        .filter(each -> each.from().isBefore(period.to()) && each.to().isAfter(period.from()))
        .sorted(BY_BEGIN)
        .forEach(court::rule);
    return new Rulings(court.excluded, List.copyOf(court.rulings));
  }

  /** Rules one exclusion after the other: maintenance of a month is used up in this order. */
  private static final class Court {

    private final Contract.Exclusions clauses;
    private final Contract.Service service;
    private final Period period;
    private final BitSet excluded = new BitSet();
    private final List<Ruling> rulings = new ArrayList<>();
    private final Map<YearMonth, Long> maintenanceMinutes = new HashMap<>();

    Court(Contract contract, Contract.Service service, Period period) {
      this.clauses = contract.exclusions();
      this.service = service;
      this.period = period;
    }

    void rule(Exclusion exclusion) {
      String objection = objection(exclusion);
      if (!objection.isEmpty()) {
        rulings.add(new Ruling(exclusion.id(), service.name(), 0, objection));
        return;
      }
      int begin = period.index(exclusion.from());
      int end = period.index(exclusion.to());
      int taken = 0;
      int beyond = 0;
      for (int i = begin; i < end; i++) {
        if (!excluded.get(i)) {
          boolean accepted = exclusion.kind() != Exclusion.Kind.MAINTENANCE || allowance(i);
          excluded.set(i, accepted);
          taken += accepted ? 1 : 0;
          beyond += accepted ? 0 : 1;
        }
      }
      String limit = DurationText.format(clauses.maintenancePerMonth());
      rulings.add(
          new Ruling(
              exclusion.id(),
              service.name(),
              taken,
              beyond == 0 ? "" : beyond + " min are beyond the month's " + limit));
    }

    private String objection(Exclusion exclusion) {
      if (!clauses.kinds().contains(exclusion.kind())) {
        return "the contract has no clause for " + exclusion.kind().word();
      }
      if (clauses.approvalNeeded() && !exclusion.approved()) {
        return "nobody approved it";
      }
      if (!exclusion.regions().isEmpty()) {
        return "it is of %s alone; the contract counts all regions together"
            .formatted(String.join(", ", exclusion.regions()));
      }
      if (!exclusion.service().isEmpty()) {
        return "it names service %s; contracts know SLOs".formatted(exclusion.service());
      }
      Duration notice = Duration.between(exclusion.announcedAt(), exclusion.from());
      boolean late = notice.compareTo(clauses.notice()) < 0;
      return exclusion.kind() == Exclusion.Kind.MAINTENANCE && late
          ? "announced less than " + DurationText.format(clauses.notice()) + " before"
          : "";
    }

    private boolean allowance(int minute) {
      YearMonth month = YearMonth.from(period.minute(minute).atZone(period.zone()));
      long used = maintenanceMinutes.merge(month, 1L, Long::sum);
      return used <= clauses.maintenancePerMonth().toMinutes();
    }
  }
}
