// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.capacity.CapacityResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The report as a manager reads it. */
final class Summary {

  private Summary() {}

  static List<String> of(Report report, Path folder) {
    List<String> lines = new ArrayList<>();
    Report.Spans spans = report.spans();
    lines.add("");
    lines.add("  What happened");
    lines.add(
        "    %,d spans sent from %d regions, %,d acknowledged; %,d batches sent twice"
            .formatted(spans.sent(), report.regions(), spans.acknowledged(), spans.resent()));
    lines.add(
        "    %,d stored, %d lost, %d duplicated"
            .formatted(spans.stored(), spans.lost(), spans.duplicated()));
    Report.Metrics metrics = report.metrics();
    lines.add(
        "    %,d metric points sent, %,d acknowledged; %,d stored, %d lost, %d duplicated"
            .formatted(
                metrics.pointsSent(),
                metrics.pointsAcknowledged(),
                metrics.pointsStored(),
                metrics.lost(),
                metrics.duplicated()));
    long equal = report.slos().stream().filter(slo -> slo.truth().equals(slo.engine())).count();
    lines.add(
        "    %d of %d budgets count exactly what the shop counted"
            .formatted(equal, report.slos().size()));
    long exact = report.groups().stream().filter(g -> g.truth().equals(g.engine())).count();
    lines.add(
        "    %d of %d groups of customers, by name or tier, do so too"
            .formatted(exact, report.groups().size()));
    Report.Dashboards dashboards = report.dashboards();
    lines.add(
        "    %d of %d Grafana panels show data; what they ask of the store is held against the truth"
            .formatted(dashboards.panelsWithData(), dashboards.panels()));
    lines.add("");
    lines.add("  Who was told");
    report.pages().forEach(page -> lines.add(page(page)));
    Report.PagerDuty pagerDuty = report.pagerDuty();
    lines.add(
        "    PagerDuty: %d alerts, %d resolved, %d changes; %d refused by its rules"
            .formatted(
                pagerDuty.alerts(),
                pagerDuty.resolved(),
                pagerDuty.changes(),
                pagerDuty.refused()));
    lines.add("");
    lines.add("  What is owed");
    Report.Sla sla = report.sla();
    lines.add(
        "    %s gets a credit of %s %,.2f for this month; by the shop's own log it is %,.2f"
            .formatted(sla.customer(), sla.currency(), sla.credit(), sla.expectedCredit()));
    lines.add("");
    lines.add("  What is planned");
    CapacityResult evacuation = report.capacity().evacuation();
    lines.add(
        "    any one region may be lost: %s; %s in %s has least to spare"
            .formatted(
                evacuation.holds() ? "yes" : "no",
                evacuation.bindingService(),
                evacuation.bindingRegion()));
    lines.add("");
    lines.add("  What is left");
    report.incidents().forEach(incident -> lines.add(incident(incident)));
    lines.add("    files: " + folder);
    lines.add("");
    lines.addAll(verdict(report));
    return lines;
  }

  private static String page(Report.Page page) {
    return "    %-24s paged %,d ms after its policy became true"
        .formatted(page.slo(), page.overheadMillis());
  }

  private static String incident(Report.Incident incident) {
    return "    incident %s (%s): acknowledged %s, resolved %s, postmortem %s"
        .formatted(
            incident.id(),
            incident.slo(),
            incident.acknowledged() == null ? "no" : "yes",
            incident.resolved() == null ? "no" : "yes",
            incident.postmortem() == null ? "missing" : incident.postmortem());
  }

  private static List<String> verdict(Report report) {
    if (report.brokenPromises().isEmpty()) {
      return List.of("  Every promise held.", "");
    }
    List<String> lines = new ArrayList<>();
    lines.add("  BROKEN PROMISES");
    report.brokenPromises().forEach(line -> lines.add("    " + line));
    lines.add("");
    return lines;
  }
}
