// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports.render;

import dev.nines.objectives.sla.Report;
import java.util.List;
import java.util.stream.Collectors;

/** One row a service, as RFC 4180. A text that a spreadsheet would run is given a quote mark. */
public final class ReportCsv {

  private static final List<String> HEADER =
      List.of(
          "customer",
          "from",
          "to",
          "through",
          "as_of",
          "provisional",
          "service",
          "slo",
          "group",
          "measure",
          "promised_percent",
          "uptime_percent",
          "credit_percent",
          "credit",
          "currency",
          "minutes",
          "up",
          "down",
          "idle",
          "unmeasured",
          "excluded",
          "good_events",
          "total_events",
          "coverage_percent",
          "uncertain_events",
          "uptime_at_least_percent",
          "missing_events");

  private ReportCsv() {}

  public static String write(Report report) {
    StringBuilder csv = new StringBuilder(String.join(",", HEADER)).append("\r\n");
    for (Report.ServiceReport service : report.services()) {
      csv.append(
              row(report, service).stream().map(ReportCsv::cell).collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return csv.toString();
  }

  private static List<Object> row(Report report, Report.ServiceReport service) {
    return List.of(
        report.customer(),
        report.from(),
        report.to(),
        report.through(),
        report.asOf(),
        report.provisional(),
        service.name(),
        service.slo(),
        service.group(),
        service.measure(),
        service.promised().toPlainString(),
        service.uptime() == null ? "" : service.uptime().toPlainString(),
        service.creditPercent().toPlainString(),
        service.credit().toPlainString(),
        report.currency(),
        service.minutes().all(),
        service.minutes().up(),
        service.minutes().down(),
        service.minutes().idle(),
        service.minutes().unmeasured(),
        service.minutes().excluded(),
        service.goodEvents(),
        service.totalEvents(),
        service.coverage().toPlainString(),
        service.uncertainEvents(),
        service.uptimeAtLeast() == null ? "" : service.uptimeAtLeast().toPlainString(),
        service.missingEvents());
  }

  private static String cell(Object value) {
    String text = value.toString();
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
