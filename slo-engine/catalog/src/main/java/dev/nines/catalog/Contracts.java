// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Slo;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.sla.Agreements;
import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.ContractReader;
import dev.nines.objectives.sla.Exclusion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Contracts by customer. Each change is a version of its own, so that what was known at an instant
 * can be read again; the audit row is in the same transaction.
 */
public final class Contracts implements Agreements {

  /** Customers of one tenant. */
  static final int CUSTOMERS_MAX = 1_000;

  private static final int PARTIES_MAX = 10_000;
  private static final String COLUMNS = "SELECT yaml, version, created_at FROM sla_contract ";

  private final Journal journal;
  private final InstantSource clock;
  private final AuditTrail audit = new AuditTrail();
  private final Exclusions exclusions;

  public Contracts(Journal journal, InstantSource clock, Exclusions exclusions) {
    this.journal = journal;
    this.clock = clock;
    this.exclusions = exclusions;
  }

  /** What a put did. */
  public sealed interface Put {
    /** A new version; the text was not there before. */
    record Made(int version) implements Put {}

    /** The text is that of the version in force. */
    record Same(int version) implements Put {}

    /** Contracts name SLOs that the tenant does not have. */
    record UnknownSlos(List<String> names) implements Put {}

    /** Contracts name groups of SLOs that do not group. */
    record WithoutGroups(List<String> names) implements Put {}

    /** Contracts name composites, which have no minutes: each with its components. */
    record OfComposites(Map<String, List<String>> components) implements Put {}

    /** No room for another customer. */
    record TooMany(int customersMax) implements Put {}
  }

  /**
   * @param yaml the text that {@code contract} was read from
   */
  public Put put(Principal caller, Contract contract, String yaml) {
    return journal.transact(
        tx -> {
          Sql.lock(tx, "contracts/" + caller.tenant());
          Map<String, Slo> slos = slos(tx, caller.tenant());
          List<String> unknown = named(contract, service -> !slos.containsKey(service.slo()));
          if (!unknown.isEmpty()) {
            return new Put.UnknownSlos(unknown);
          }
          Map<String, List<String>> composites = composites(contract, slos);
          if (!composites.isEmpty()) {
            return new Put.OfComposites(composites);
          }
          List<String> whole =
              named(
                  contract,
                  service -> !service.group().isEmpty() && of(slos, service).groupBy().isEmpty());
          if (!whole.isEmpty()) {
            return new Put.WithoutGroups(whole);
          }
          Optional<Version> latest = latest(tx, caller.tenant(), contract.customer());
          if (latest.isPresent() && latest.get().yaml().equals(yaml)) {
            return new Put.Same(latest.get().version());
          }
          if (latest.isEmpty() && customers(tx, caller.tenant()) >= CUSTOMERS_MAX) {
            return new Put.TooMany(CUSTOMERS_MAX);
          }
          return insert(tx, caller, contract, yaml);
        });
  }

  private Put insert(Connection tx, Principal caller, Contract contract, String yaml)
      throws SQLException {
    int version = 1 + highest(tx, caller.tenant(), contract.customer());
    Instant now = now();
    Sql.update(
        tx,
        """
        INSERT INTO sla_contract (tenant, customer, version, valid_from, yaml, created_by,
          created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        caller.tenant(),
        contract.customer(),
        version,
        contract.validFrom().toString(),
        yaml,
        caller.name(),
        now);
    audit(
        tx,
        caller,
        "contract.put",
        contract.customer(),
        Json.write(Map.of("version", version, "yaml", yaml)),
        now);
    return new Put.Made(version);
  }

  /** False when there is no such contract in force. */
  public boolean end(Principal caller, String customer) {
    return journal.transact(
        tx -> {
          Instant now = now();
          int ended =
              Sql.update(
                  tx,
                  """
                  UPDATE sla_contract SET ended_by = ?, ended_at = ?
                  WHERE tenant = ? AND customer = ? AND ended_at IS NULL""",
                  caller.name(),
                  now,
                  caller.tenant(),
                  customer);
          if (ended > 0) {
            audit(tx, caller, "contract.end", customer, "{}", now);
          }
          return ended > 0;
        });
  }

  /** The latest version of each contract in force, by customer. */
  public List<Version> list(String tenant) {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                """
                SELECT DISTINCT ON (customer) yaml, version, created_at FROM sla_contract
                WHERE tenant = ? AND ended_at IS NULL
                ORDER BY customer, version DESC LIMIT\s"""
                    + CUSTOMERS_MAX,
                Contracts::version,
                tenant));
  }

  public Optional<Version> latest(String tenant, String customer) {
    return journal.transact(tx -> latest(tx, tenant, customer));
  }

  @Override
  public List<Party> parties() {
    return journal.transact(
        tx ->
            Sql.rows(
                tx,
                """
                SELECT DISTINCT tenant, customer FROM sla_contract WHERE ended_at IS NULL
                ORDER BY tenant, customer LIMIT\s"""
                    + PARTIES_MAX,
                row -> new Party(row.getString(1), row.getString(2))));
  }

  @Override
  public Optional<Version> contract(
      String tenant, String customer, YearMonth month, Instant knownAt) {
    return journal.transact(
        tx ->
            Sql.row(
                tx,
                COLUMNS
                    + """
                    WHERE tenant = ? AND customer = ? AND valid_from <= ? AND created_at <= ?
                      AND (ended_at IS NULL OR ended_at > ?)
                    ORDER BY version DESC LIMIT 1""",
                Contracts::version,
                tenant,
                customer,
                month.toString(),
                knownAt,
                knownAt));
  }

  @Override
  public List<Exclusion> exclusions(
      String tenant, String customer, Instant from, Instant to, Instant knownAt) {
    return exclusions.find(tenant, customer, from, to, knownAt);
  }

  @Override
  public List<Slo> definitions(String tenant, String slo, Set<Long> lines) {
    return journal.transact(
        tx ->
            GenerationRows.numbered(tx, tenant, lines).stream()
                .flatMap(generation -> generation.slos().stream())
                .filter(each -> each.id().name().equals(slo) && lines.contains(each.line()))
                .toList());
  }

  private static Optional<Version> latest(Connection tx, String tenant, String customer)
      throws SQLException {
    return Sql.row(
        tx,
        COLUMNS
            + """
            WHERE tenant = ? AND customer = ? AND ended_at IS NULL
            ORDER BY version DESC LIMIT 1""",
        Contracts::version,
        tenant,
        customer);
  }

  private static Map<String, Slo> slos(Connection tx, String tenant) throws SQLException {
    return GenerationRows.latest(tx, tenant).stream()
        .flatMap(generation -> generation.slos().stream())
        .collect(Collectors.toMap(slo -> slo.id().name(), Function.identity()));
  }

  private static Slo of(Map<String, Slo> slos, Contract.Service service) {
    return Optional.ofNullable(slos.get(service.slo())).orElseThrow();
  }

  private static Map<String, List<String>> composites(Contract contract, Map<String, Slo> slos) {
    Map<String, List<String>> composites = new TreeMap<>();
    for (Contract.Service service : contract.services()) {
      if (of(slos, service).indicator() instanceof CompositeIndicator composite) {
        composites.put(service.slo(), composite.names());
      }
    }
    return composites;
  }

  /** SLOs of the services that are so. */
  private static List<String> named(Contract contract, Predicate<Contract.Service> wanted) {
    return contract.services().stream()
        .filter(wanted)
        .map(Contract.Service::slo)
        .distinct()
        .toList();
  }

  private static int highest(Connection tx, String tenant, String customer) throws SQLException {
    return Sql.row(
            tx,
            "SELECT coalesce(max(version), 0) FROM sla_contract WHERE tenant = ? AND customer = ?",
            row -> row.getInt(1),
            tenant,
            customer)
        .orElse(0);
  }

  private static int customers(Connection tx, String tenant) throws SQLException {
    return Sql.row(
            tx,
            "SELECT count(DISTINCT customer) FROM sla_contract WHERE tenant = ?"
                + " AND ended_at IS NULL",
            row -> row.getInt(1),
            tenant)
        .orElse(0);
  }

  private static Version version(ResultSet row) throws SQLException {
    String yaml = row.getString("yaml");
    Contract contract =
        ContractReader.read("stored", yaml)
            .contract()
            .orElseThrow(() -> new IllegalStateException("a stored contract is not valid"));
    return new Version(contract, row.getInt("version"), yaml, Sql.instant(row, "created_at"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void audit(
      Connection tx, Principal caller, String action, String customer, String detail, Instant at) {
    audit.append(
        tx,
        new AuditTrail.Entry(
            caller.tenant(), caller.name(), action, "contract/" + customer, detail, at));
  }
}
