// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.Migration;
import dev.nines.warehouse.Migrations;
import java.util.List;
import java.util.Map;

/** The tables of this module, in the order in which they are made. */
public final class Schema {

  private static final List<String> FILES =
      List.of(
          "001__spans.sql",
          "002__trace_times.sql",
          "003__trace_times_view.sql",
          "004__red_10s.sql",
          "005__red_1m.sql",
          "006__accounting.sql",
          "007__ledger.sql",
          "008__budget_history.sql",
          "009__burns.sql",
          "010__incident_events.sql",
          "011__changes.sql",
          "012__metric_series.sql",
          "013__metric_points.sql",
          "014__metric_histograms.sql",
          "015__metric_exponential_histograms.sql",
          "016__metric_summaries.sql",
          "017__metric_exemplars.sql",
          "018__ledger_uncertain.sql",
          "020__demand_1h.sql",
          "022__budget_history_uncertain.sql",
          "023__burns_expected.sql",
          "024__ledger_missing.sql",
          "025__budget_history_missing.sql",
          "026__service_graph_1m.sql",
          "027__service_graph_minutes.sql",
          "028__spans_adjusted_count.sql",
          "029__budget_history_period.sql",
          "030__budget_history_slices.sql",
          "032__red_10s_inserted_at.sql",
          "033__ledger_recount.sql",
          "035__budget_history_composite.sql");

  private static final String BY_TRACE = "cityHash64(trace_id)";
  private static final String BY_SERIES = "cityHash64(series_id)";
  private static final String BY_OPERATION = "cityHash64(tenant, service, operation)";

  /** On a cluster; tables that are not named are small, and go by tenant. */
  private static final Map<String, String> SHARDED =
      Map.of(
          "spans", BY_TRACE,
          "trace_times", BY_TRACE,
          "red_10s", BY_OPERATION,
          "red_1m", BY_OPERATION,
          "metric_series", BY_SERIES,
          "metric_points", BY_SERIES,
          "metric_histograms", BY_SERIES,
          "metric_exponential_histograms", BY_SERIES,
          "metric_summaries", BY_SERIES,
          "metric_exemplars", BY_SERIES);

  private Schema() {}

  /** Brings the tables up to date. */
  public static void migrate(Migrations migrations) {
    migrations.run("archive", migrations());
  }

  static List<Migration> migrations() {
    return FILES.stream().map(Schema::read).toList();
  }

  private static Migration read(String file) {
    Migration migration = Migration.read(Schema.class, file);
    String table = file.substring(file.indexOf("__") + 2, file.indexOf(".sql"));
    return SHARDED.containsKey(table) ? migration.shardedBy(SHARDED.get(table)) : migration;
  }
}
