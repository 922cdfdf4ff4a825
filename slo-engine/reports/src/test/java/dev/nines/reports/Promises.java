// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.objectives.Slo;
import dev.nines.objectives.sla.Agreements;
import dev.nines.objectives.sla.ContractReader;
import dev.nines.objectives.sla.Exclusion;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Contracts and exclusions of one tenant in memory, as the catalog would answer. */
final class Promises implements Agreements {

  final List<Exclusion> declared = new ArrayList<>();
  String yaml;
  Instant madeAt = Instant.parse("2026-10-01T00:00:00Z");

  Promises(String yaml) {
    this.yaml = yaml;
  }

  /** While the contract is about another objective. */
  void about(String slo, Runnable asked) {
    String before = yaml;
    yaml = before.replace("slo: checkout-enterprise", "slo: " + slo);
    try {
      asked.run();
    } finally {
      yaml = before;
    }
  }

  @Override
  public List<Party> parties() {
    return List.of(new Party("default", "acme-retail"));
  }

  @Override
  public Optional<Version> contract(
      String tenant, String customer, YearMonth month, Instant knownAt) {
    var contract = ContractReader.read("test", yaml).contract().orElseThrow();
    return customer.equals(contract.customer()) && !month.isBefore(contract.validFrom())
        ? Optional.of(new Version(contract, 1, yaml, madeAt))
        : Optional.empty();
  }

  @Override
  public List<Exclusion> exclusions(
      String tenant, String customer, Instant from, Instant to, Instant knownAt) {
    return declared.stream().filter(each -> !each.declaredAt().isAfter(knownAt)).toList();
  }

  @Override
  public List<Slo> definitions(String tenant, String slo, Set<Long> lines) {
    return List.of();
  }
}
