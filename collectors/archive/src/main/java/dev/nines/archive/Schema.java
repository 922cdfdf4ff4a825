// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.Migration;
import dev.nines.warehouse.Migrations;
import java.util.List;

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
          "028__spans_adjusted_count.sql");

  private Schema() {}

  /** Brings the tables up to date. */
  public static void migrate(Migrations migrations) {
    migrations.run("archive", migrations());
  }

  static List<Migration> migrations() {
    return FILES.stream().map(file -> Migration.read(Schema.class, file)).toList();
  }
}
