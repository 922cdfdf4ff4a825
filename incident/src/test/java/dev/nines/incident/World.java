// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.alerts.AlertGroupEvent;
import dev.nines.alerts.AlertGroupEvent.Burn;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.alerts.AlertGroupEvent.Reason;
import dev.nines.channels.NetworkRules;
import dev.nines.embedded.PostgresProcess;
import dev.nines.incident.paging.Channels;
import dev.nines.incident.postmortem.Evidence;
import dev.nines.incident.response.Incident;
import dev.nines.incident.response.ResponseSettings;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import dev.nines.journal.Sql;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.SloId;
import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** PostgreSQL, the role, and events as delivery would write them. */
final class World implements AutoCloseable {

  static final ResponseSettings PATIENT = ResponseSettings.DEFAULT;
  static final Instant BURN_AT = Instant.parse("2026-01-01T10:00:00Z");

  final PostgresProcess postgres;
  final CollectorRegistry registry = new CollectorRegistry();
  final Journal journal;
  final Set<String> tenants = ConcurrentHashMap.newKeySet();
  final Queue<String> published = new ConcurrentLinkedQueue<>();

  World(Path data) {
    postgres = PostgresProcess.start(data);
    journal = Journal.connect(postgres.jdbcUrl(), 16, registry).migrate();
    role(PATIENT, new StoredEvidence()).migrate();
  }

  IncidentRole role(ResponseSettings settings, Evidence evidence) {
    return new IncidentRole(
        journal,
        new IncidentSettings(
            settings, new NetworkRules(tenants, false, Set.of()), "https://nines.example"),
        evidence,
        (topic, key, json) -> {
          published.add(topic + " " + key + " " + json);
          return Optional.empty();
        },
        InstantSource.system(),
        new CollectorRegistry());
  }

  /** A role as a node of its own has it. */
  static IncidentRole role(Journal journal, String tenant) {
    return new IncidentRole(
        journal,
        new IncidentSettings(
            PATIENT, new NetworkRules(Set.of(tenant), false, Set.of()), "https://nines.example"),
        new StoredEvidence(),
        (topic, key, json) -> Optional.empty(),
        InstantSource.system(),
        new CollectorRegistry());
  }

  IncidentRole role(Duration ackTimeout, int loops) {
    return role(
        new ResponseSettings(
            ackTimeout,
            loops,
            PATIENT.reopenWithin(),
            PATIENT.settleAfter(),
            PATIENT.adviseAfter()),
        new StoredEvidence());
  }

  /** A tenant of its own, with everything of the others gone but their audit rows. */
  String freshTenant() {
    journal.transact(
        tx ->
            Sql.update(
                tx,
                "TRUNCATE outbox, incident, incident_group, incident_timeline, channel, page_log,"
                    + " page_ordered, incident_escalation, oncall_definition, oncall_schedule,"
                    + " oncall_override, postmortem, recent_change"));
    published.clear();
    return "t-" + UUID.randomUUID();
  }

  void channel(IncidentRole role, String tenant, String name, String url) {
    String json = Json.write(Map.of("type", "webhook", "url", url, "secret", Provider.SECRET));
    channelOf(role, tenant, name, json);
  }

  void channelOf(IncidentRole role, String tenant, String name, String json) {
    tenants.add(tenant);
    assertThat(role.channels().put(tenant, name, json, "ann"))
        .isInstanceOf(Channels.Put.Done.class);
  }

  void told(AlertGroupEvent event) {
    String group = event.tenant() + "/" + event.groupKey();
    OutboxMessage message =
        new OutboxMessage(
            AlertGroupEvent.LANE,
            group + "/" + event.sequence() + "/" + UUID.randomUUID(),
            "incident",
            group,
            Json.write(event),
            Instant.EPOCH);
    journal.transact(tx -> new Outbox().put(tx, message));
  }

  static AlertGroupEvent event(String tenant, String slo, long sequence, State state) {
    Reason reason = state == State.RESOLVED ? Reason.RESOLVED : Reason.NEW;
    return event(tenant, slo, sequence, state, Severity.PAGE, reason);
  }

  static AlertGroupEvent event(
      String tenant, String slo, long sequence, State state, Severity severity, Reason reason) {
    SloId id = new SloId(tenant, slo);
    BurnPolicy policy =
        new BurnPolicy(
            "fast", Duration.ofMinutes(2), Duration.ofSeconds(20), BigDecimal.TEN, severity);
    Burn burn =
        new Burn(
            policy,
            "checkout",
            new BigDecimal("36.04"),
            new BigDecimal("41.2"),
            123,
            4_567,
            new BigDecimal("0.125"));
    Condition condition =
        new Condition(
            "00000000000000aa",
            "BudgetBurn",
            "eu-west-1",
            state,
            severity,
            BURN_AT.minusSeconds(20),
            BURN_AT,
            BURN_AT.plusMillis(80),
            List.of(),
            burn,
            null);
    return new AlertGroupEvent(
        tenant,
        "slo:" + id,
        sequence,
        state,
        severity,
        reason,
        slo,
        id,
        List.of(condition),
        BURN_AT,
        BURN_AT.plusMillis(80));
  }

  /** Traffic of an SLO vanished in one region, beside what else is wrong with it. */
  static AlertGroupEvent gone(String tenant, String slo, long sequence, Condition... others) {
    Condition gone =
        new Condition(
            "00000000000000bb",
            "TrafficVanished",
            "eu-west-1",
            State.FIRING,
            Severity.PAGE,
            BURN_AT.minusSeconds(300),
            BURN_AT,
            BURN_AT.plusSeconds(31),
            List.of(),
            null,
            new AlertGroupEvent.Traffic("checkout", 12, 1_840));
    SloId id = new SloId(tenant, slo);
    return new AlertGroupEvent(
        tenant,
        "slo:" + id,
        sequence,
        State.FIRING,
        Severity.PAGE,
        sequence == 1 ? Reason.NEW : Reason.NEW_SCOPE,
        slo,
        id,
        Stream.concat(Stream.of(others), Stream.of(gone)).toList(),
        BURN_AT,
        BURN_AT.plusSeconds(31));
  }

  Incident only(IncidentRole role, String tenant) {
    List<Incident> incidents = role.incidents().list(tenant, null);
    assertThat(incidents).hasSize(1);
    return incidents.getFirst();
  }

  long count(String sql, Object... values) {
    return journal.transact(tx -> Sql.row(tx, sql, row -> row.getLong(1), values)).orElseThrow();
  }

  AuditTrail.Verdict audit(String tenant) {
    return journal.transact(tx -> new AuditTrail().verify(tx, tenant));
  }

  List<String> auditActions(String tenant) {
    return journal.transact(tx -> new AuditTrail().read(tx, tenant, 1)).stream()
        .map(row -> row.entry().action())
        .toList();
  }

  static Map<String, String> published(String line) {
    String[] parts = line.split(" ", 3);
    return Map.of("topic", parts[0], "key", parts[1], "json", parts[2]);
  }

  @Override
  public void close() {
    journal.close();
    postgres.close();
  }
}
