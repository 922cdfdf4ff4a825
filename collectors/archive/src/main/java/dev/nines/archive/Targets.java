// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.ObjectiveTopics;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.warehouse.sink.RowMapper;
import dev.nines.warehouse.sink.SinkTarget;
import java.util.List;
import java.util.regex.Pattern;

/** Which topics go into which table. Each call makes mappers of its own. */
final class Targets {

  static final String SPANS = "spans";

  /** Of incident, which is no neighbour: the outbox's projection. */
  static final String INCIDENT_EVENTS = "incident.events";

  private Targets() {}

  static List<SinkTarget> all() {
    String accepted = TelemetryTopics.accepted("").name();
    return List.of(
        target("spans", Pattern.quote(accepted) + ".+", SPANS, new SpanMapper()),
        target("red-10s", TelemetryTopics.RED_ROLLUPS.name(), "red_10s", new RedRows()),
        target("red-1m", TelemetryTopics.RED_ROLLUPS.name(), "red_1m", new RedMinuteRows()),
        target("accounting", TelemetryTopics.ACCOUNTING.name(), "accounting", new AccountingRows()),
        target("ledger", ObjectiveTopics.SLO_LEDGER.name(), "ledger", new LedgerRows()),
        target("budgets", ObjectiveTopics.SLO_STATUS.name(), "budget_history", new BudgetRows()),
        target("burns", ObjectiveTopics.SLO_BURN.name(), "burns", new BurnRows()),
        target("incidents", INCIDENT_EVENTS, "incident_events", new IncidentEventRows()),
        target("changes", ObjectiveTopics.CHANGES.name(), "changes", new ChangeRows()));
  }

  private static SinkTarget target(String name, String topics, String table, RowMapper mapper) {
    return new SinkTarget(name, Pattern.compile(topics), table, List.of(mapper));
  }
}
