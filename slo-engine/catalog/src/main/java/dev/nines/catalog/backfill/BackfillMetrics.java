// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** What back-fills do. */
public final class BackfillMetrics {

  private final Counter ended;
  private final Counter events;
  private final Gauge open;

  public BackfillMetrics(CollectorRegistry registry) {
    ended =
        Counter.build("nines_catalog_backfills", "Back-fills whose first look ended, by how.")
            .labelNames("outcome")
            .register(registry);
    events =
        Counter.build("nines_catalog_backfill_events", "Events that back-fills counted.")
            .register(registry);
    open =
        Gauge.build("nines_catalog_backfills_open", "Back-fills that will look, or look again.")
            .register(registry);
  }

  void passed(BackfillState after) {
    switch (after) {
      case BackfillState.Looked looked when looked.looks() == 1 -> ended.labels("done").inc();
      case BackfillState.Estimated _ -> ended.labels("estimate").inc();
      case BackfillState.Refused _ -> ended.labels("refused").inc();
      case BackfillState.Looked _, BackfillState.Pending _, BackfillState.Running _ -> {}
    }
  }

  void counted(long more) {
    events.inc(more);
  }

  void open(long rows) {
    open.set(rows);
  }
}
