// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

/** The bounds of this process in the Prometheus text format. */
final class Metrics {
  private Metrics() {}

  static String text(Admission admission) {
    return """
        # TYPE nines_clickhouse_queries_running gauge
        nines_clickhouse_queries_running %d
        # TYPE nines_clickhouse_queries_waiting gauge
        nines_clickhouse_queries_waiting %d
        # TYPE nines_clickhouse_queries_refused_total counter
        nines_clickhouse_queries_refused_total %d
        """
        .formatted(admission.running(), admission.waiting(), admission.refused());
  }
}
