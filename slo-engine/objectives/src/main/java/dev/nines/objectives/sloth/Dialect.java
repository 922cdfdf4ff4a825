// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import java.util.Set;

/** How the two forms of a spec call their fields. */
enum Dialect {
  /** {@code version: prometheus/v1}. */
  PROMETHEUS(
      "slo_plugins",
      "error_query",
      "total_query",
      "error_ratio_query",
      "page_alert",
      "ticket_alert"),
  /** {@code apiVersion: sloth.slok.dev/v1, kind: PrometheusServiceLevel}. */
  KUBERNETES(
      "sloPlugins", "errorQuery", "totalQuery", "errorRatioQuery", "pageAlert", "ticketAlert");

  final String plugins;
  final String errorQuery;
  final String totalQuery;
  final String errorRatioQuery;
  final String pageAlert;
  final String ticketAlert;

  Dialect(
      String plugins,
      String errorQuery,
      String totalQuery,
      String errorRatioQuery,
      String pageAlert,
      String ticketAlert) {
    this.plugins = plugins;
    this.errorQuery = errorQuery;
    this.totalQuery = totalQuery;
    this.errorRatioQuery = errorRatioQuery;
    this.pageAlert = pageAlert;
    this.ticketAlert = ticketAlert;
  }

  /** Of the map that holds the service. */
  Set<String> specFields() {
    return this == PROMETHEUS
        ? Set.of("version", "service", "labels", plugins, "slos")
        : Set.of("service", "labels", plugins, "slos");
  }

  Set<String> eventFields() {
    return Set.of(errorQuery, totalQuery);
  }

  Set<String> alertingFields() {
    return Set.of("name", "labels", "annotations", pageAlert, ticketAlert);
  }
}
