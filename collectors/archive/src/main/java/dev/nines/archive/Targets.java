// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.ObjectiveTopics;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.warehouse.sink.RowMapper;
import dev.nines.warehouse.sink.SinkTarget;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which topics go into which tables. Each call makes mappers of its own. */
final class Targets {

  private static final String SPANS = "spans";
  private static final String METRICS = "metrics";

  /** The sink of hours: nobody looks at an hour sooner than its end. */
  static final String DEMAND = "demand-1h";

  /** Sinks of items, which come by the thousand a second; the others store a few rows. */
  static final Set<String> BUSY = Set.of(SPANS, METRICS);

  /** Of incident, which is no neighbour: the outbox's projection. */
  static final String INCIDENT_EVENTS = "incident.events";

  private Targets() {}

  static List<SinkTarget> all(CollectorRegistry registry) {
    String accepted = TelemetryTopics.accepted("").name();
    String kept = TelemetryTopics.kept("").name();
    return List.of(
        new SinkTarget(
            SPANS,
            Pattern.compile("(%s|%s).+".formatted(Pattern.quote(accepted), Pattern.quote(kept))),
            SpanMapper.TABLES,
            List.of(new SpanMapper())),
        new SinkTarget(
            METRICS,
            Pattern.compile(Pattern.quote(accepted) + ".+"),
            MetricMapper.TABLES,
            List.of(new MetricMapper(registry))),
        target("red-10s", TelemetryTopics.RED_ROLLUPS.name(), "red_10s", new RedRows()),
        target("red-1m", TelemetryTopics.RED_ROLLUPS.name(), "red_1m", new RedMinuteRows()),
        target(DEMAND, TelemetryTopics.RED_ROLLUPS.name(), "demand_1h", new DemandRows()),
        target("accounting", TelemetryTopics.ACCOUNTING.name(), "accounting", new AccountingRows()),
        target("ledger", ObjectiveTopics.SLO_LEDGER.name(), "ledger", new LedgerRows()),
        target("budgets", ObjectiveTopics.SLO_STATUS.name(), "budget_history", new BudgetRows()),
        target("burns", ObjectiveTopics.SLO_BURN.name(), "burns", new BurnRows()),
        target("incidents", INCIDENT_EVENTS, "incident_events", new IncidentEventRows()),
        target("changes", ObjectiveTopics.CHANGES.name(), "changes", new ChangeRows()));
  }

  private static SinkTarget target(String name, String topics, String table, RowMapper mapper) {
    return new SinkTarget(name, Pattern.compile(topics), List.of(table), List.of(mapper));
  }
}
