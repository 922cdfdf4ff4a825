// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.Slo;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Port: contracts, exclusions and definitions as reports read them. The catalog has them. */
public interface Agreements {

  /**
   * A contract with its text.
   *
   * @param version from 1 for each customer, grows with each change
   */
  record Version(Contract contract, int version, String yaml, Instant madeAt) {}

  /** Whose contract. */
  record Party(String tenant, String customer) {}

  /** Everybody who has a contract now, at most 10,000. */
  List<Party> parties();

  /**
   * The newest version that holds for a month and was known at an instant; empty when there is
   * none, or the contract had been ended then.
   */
  Optional<Version> contract(String tenant, String customer, YearMonth month, Instant knownAt);

  /**
   * Exclusions of one customer that touch [from, to), by begin, at most 10,000: declared by an
   * instant and not withdrawn then.
   */
  List<Exclusion> exclusions(
      String tenant, String customer, Instant from, Instant to, Instant knownAt);

  /** The definitions behind ledger lines: a line is the number of the generation that began it. */
  List<Slo> definitions(String tenant, String slo, Set<Long> lines);
}
