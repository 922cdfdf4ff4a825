// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.sla.Contract.NoData;
import dev.nines.objectives.sla.Contract.Treatment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;

/** Contracts and counts that several tests need. */
public final class Samples {

  public static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");

  private Samples() {}

  /** The tiers of a large provider's region-level agreement. */
  static List<Contract.Tier> minuteTiers() {
    return List.of(tier("95", "100"), tier("99", "30"), tier("99.99", "10"));
  }

  /** The tiers of its storage. */
  static List<Contract.Tier> intervalTiers() {
    return List.of(tier("95", "100"), tier("99", "25"), tier("99.9", "10"));
  }

  static Contract.Tier tier(String below, String credit) {
    return new Contract.Tier(new BigDecimal(below), new BigDecimal(credit));
  }

  static Contract.Service service(Measure measure, List<Contract.Tier> tiers) {
    return service(measure, tiers, new Contract.Down(BigDecimal.ZERO, 1, 1));
  }

  static Contract.Service service(Measure measure, List<Contract.Tier> tiers, Contract.Down down) {
    return new Contract.Service(
        "Checkout", "checkout", "", measure, down, 5, new BigDecimal("1000.00"), tiers);
  }

  static Contract contract(Contract.Service service) {
    return contract(service, ZoneOffset.UTC, NoData.GOOD, NoData.EXCLUDED);
  }

  static Contract contract(Contract.Service service, ZoneId zone, NoData idle, NoData unmeasured) {
    return new Contract(
        "acme",
        "Acme",
        "Provider",
        zone,
        YearMonth.of(2026, 1),
        List.of(service),
        idle,
        unmeasured,
        new Contract.Exclusions(
            Treatment.REMOVED,
            EnumSet.of(Exclusion.Kind.MAINTENANCE, Exclusion.Kind.FORCE_MAJEURE),
            Duration.ofHours(72),
            Duration.ofHours(4),
            false),
        credits("100", "100", "0"));
  }

  static Contract approvalNeeded(Contract contract) {
    Contract.Exclusions clauses = contract.exclusions();
    return new Contract(
        contract.customer(),
        contract.displayName(),
        contract.provider(),
        contract.timeZone(),
        contract.validFrom(),
        contract.services(),
        contract.idle(),
        contract.unmeasured(),
        new Contract.Exclusions(
            clauses.treatment(),
            clauses.kinds(),
            clauses.notice(),
            clauses.maintenancePerMonth(),
            true),
        contract.credits());
  }

  static Exclusion of(Exclusion whole, String service, List<String> regions, boolean approved) {
    return new Exclusion(
        whole.id(),
        whole.customer(),
        whole.slo(),
        whole.kind(),
        whole.from(),
        whole.to(),
        whole.announcedAt(),
        whole.declaredAt(),
        whole.reason(),
        service,
        regions,
        approved);
  }

  static Contract.Credits credits(String cap, String totalCap, String payableAbove) {
    return new Contract.Credits(
        Currency.getInstance("EUR"),
        new BigDecimal(cap),
        new BigDecimal(totalCap),
        new BigDecimal(payableAbove),
        RoundingMode.HALF_UP);
  }

  /** Every minute has that many events, all good. */
  static Minutes good(int count, long events) {
    Minutes minutes = new Minutes(count);
    for (int i = 0; i < count; i++) {
      minutes.set(i, events, events, events);
    }
    return minutes;
  }

  static Exclusion exclusion(String id, Exclusion.Kind kind, Instant from, Duration length) {
    return exclusion(id, kind, from, length, from.minus(Duration.ofDays(7)));
  }

  static Exclusion exclusion(
      String id, Exclusion.Kind kind, Instant from, Duration length, Instant announcedAt) {
    return new Exclusion(
        id, "acme", "", kind, from, from.plus(length), announcedAt, announcedAt, "upgrade");
  }
}
