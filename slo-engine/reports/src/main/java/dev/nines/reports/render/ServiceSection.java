// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports.render;

import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.Report;
import dev.nines.objectives.sla.Report.Definition;
import dev.nines.objectives.sla.Report.MinuteCounts;
import dev.nines.objectives.sla.Report.Outage;
import dev.nines.objectives.sla.Report.ServiceReport;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;

/** What a report says of one service. */
final class ServiceSection {

  private static final List<String> TREATMENTS = List.of("removed", "good", "counted");

  private final Report report;
  private final ServiceReport service;
  private final ZoneId zone;

  ServiceSection(Report report, ServiceReport service) {
    this.report = report;
    this.service = service;
    this.zone = ZoneId.of(report.timeZone());
  }

  /** Below what was promised. */
  static boolean missed(ServiceReport service) {
    return service.creditPercent().signum() > 0;
  }

  void write(Markup page) {
    page.element(
        "div",
        "class=\"service\"",
        section -> {
          section.element("h2", "", service.name());
          section.element("p", "class=\"muted small\"", identity());
          section.element("p", "class=\"small\"", service.rule());
          tiles(section);
          bounds(section);
          missing(section);
          section.element("h3", "", "Day by day");
          DayChart.write(section, service.days());
          outages(section);
          section.element(
              "table",
              "class=\"pair keep\"",
              pair ->
                  pair.element(
                      "tr",
                      "",
                      row -> {
                        row.element("td", "class=\"half\"", this::tiers);
                        row.element("td", "class=\"gap\"", "");
                        row.element("td", "class=\"half\"", this::minutes);
                      }));
          definitions(section);
        });
  }

  private String identity() {
    String group = service.group().isEmpty() ? "" : " · group " + service.group();
    return "Objective " + service.slo() + group + " · measured by " + service.measure();
  }

  private void tiles(Markup section) {
    section.element(
        "table",
        "class=\"tiles\"",
        table ->
            table.element(
                "tr",
                "",
                row -> {
                  tile(row, "Uptime", Shown.percent(service.uptime()), missed(service), "");
                  tile(row, "Promised", Shown.percent(service.promised()), false, "");
                  tile(row, "Down", Shown.minutes(service.minutes().down()), false, "");
                  tile(
                      row,
                      "Measured minutes",
                      Shown.percent(service.coverage()),
                      false,
                      "class=\"last\"");
                }));
  }

  /** A number that may be smaller is not shown without saying so. */
  private void bounds(Markup section) {
    if (service.uncertainEvents() > 0) {
      smallPrint(
          section,
          service.uncertainEvents(),
          " are uncertain: the histogram that counts them has no bound at the threshold. They count"
              + " as good, so the uptime is an upper bound and failed requests are a lower bound. Were"
              + " all of them bad, the uptime would be "
              + Shown.percent(service.uptimeAtLeast())
              + ".");
    }
  }

  /** Nobody can look up a request that never came. */
  private void missing(Markup section) {
    if (service.missingEvents() > 0) {
      smallPrint(
          section,
          service.missingEvents(),
          " were expected and did not come, while traffic had vanished. They count as failed.");
    }
  }

  private void smallPrint(Markup section, long events, String are) {
    String all = Shown.count(service.totalEvents());
    section.element("p", "class=\"small\"", "Of " + all + " requests " + Shown.count(events) + are);
  }

  private static void tile(
      Markup row, String label, String value, boolean missed, String attributes) {
    row.element(
        "td",
        attributes,
        cell -> {
          cell.element("div", "class=\"label\"", label);
          cell.element("div", missed ? "class=\"value value-missed\"" : "class=\"value\"", value);
        });
  }

  private void outages(Markup section) {
    section.element("h3", "", "Downtime");
    if (service.outages().isEmpty()) {
      section.element("p", "class=\"muted\"", "No minute was down.");
      return;
    }
    section.element(
        "table",
        "class=\"data\"",
        table -> {
          head(table, "From", "To", "#Minutes", "#Failed requests", "#All requests");
          service.outages().forEach(outage -> outage(table, outage));
        });
    if (service.outagesOmitted() > 0) {
      section.element(
          "p",
          "class=\"muted small\"",
          "and " + service.outagesOmitted() + " more; all are in the interval table.");
    }
  }

  private void outage(Markup table, Outage outage) {
    table.element(
        "tr",
        "",
        row -> {
          row.element("td", "", Shown.time(outage.from(), zone));
          row.element("td", "", Shown.time(outage.to(), zone));
          number(row, Shown.count(outage.minutes()));
          number(row, Shown.count(outage.badEvents()));
          number(row, Shown.count(outage.totalEvents()));
        });
  }

  private void tiers(Markup cell) {
    cell.element("h3", "", "Credit");
    cell.element(
        "table",
        "class=\"data\"",
        table -> {
          head(table, "Uptime", "#Of the monthly fee");
          tier(table, Shown.percent(service.promised()) + " or more", BigDecimal.ZERO);
          for (Contract.Tier tier : service.tiers().reversed()) {
            tier(table, "below " + Shown.percent(tier.below()), tier.credit());
          }
          table.element(
              "tr",
              "class=\"sum\"",
              row -> {
                row.element("td", "", "Of " + Shown.money(service.fee(), report.currency()));
                number(row, Shown.money(service.credit(), report.currency()));
              });
        });
  }

  private void tier(Markup table, String bound, BigDecimal credit) {
    boolean applies = service.uptime() != null && credit.compareTo(service.creditPercent()) == 0;
    table.element(
        "tr",
        applies ? "class=\"chosen\"" : "",
        row -> {
          row.element("td", "", bound);
          number(row, Shown.percent(credit));
        });
  }

  private void minutes(Markup cell) {
    MinuteCounts minutes = service.minutes();
    cell.element("h3", "", "Where the minutes went");
    cell.element(
        "table",
        "class=\"data\"",
        table -> {
          head(table, "Minutes", "#");
          count(table, "", "Up", minutes.up());
          count(table, "", "Down", minutes.down());
          count(table, "", "Excluded", minutes.excluded());
          count(table, "", "No requests", minutes.idle());
          count(table, "", "Not measured", minutes.unmeasured());
          count(table, "class=\"sum\"", "All", minutes.all());
        });
  }

  private static void count(Markup table, String attributes, String name, int minutes) {
    table.element(
        "tr",
        attributes,
        row -> {
          row.element("td", "", name);
          number(row, Shown.count(minutes));
        });
  }

  private void definitions(Markup section) {
    section.element(
        "div",
        "class=\"keep\"",
        block -> {
          block.element("h3", "", "The same time by other definitions");
          block.element(
              "table",
              "class=\"data\"",
              table -> {
                head(
                    table,
                    "Measure",
                    "#Exclusions removed",
                    "#Exclusions as good time",
                    "#No exclusions",
                    "#Credit");
                for (int i = 0; i < service.definitions().size(); i += TREATMENTS.size()) {
                  measure(table, service.definitions().subList(i, i + TREATMENTS.size()));
                }
              });
          block.element(
              "p",
              "class=\"muted small\"",
              "The row of the contract is marked. The credit is that of the contract's own"
                  + " treatment of exclusions.");
        });
  }

  private void measure(Markup table, List<Definition> definitions) {
    boolean ours = definitions.getFirst().measure().equals(service.measure());
    String treatment =
        service.definitions().stream()
            .filter(Definition::contractual)
            .map(Definition::excluded)
            .findFirst()
            .orElse(TREATMENTS.getFirst());
    table.element(
        "tr",
        ours ? "class=\"chosen\"" : "",
        row -> {
          row.element("td", "", definitions.getFirst().measure());
          definitions.forEach(each -> number(row, Shown.percent(each.uptime())));
          definitions.stream()
              .filter(each -> each.excluded().equals(treatment))
              .forEach(each -> number(row, Shown.money(each.credit(), report.currency())));
        });
  }

  /** A name that begins with # heads a column of numbers, one with | a text after numbers. */
  static void head(Markup table, String... names) {
    table.element("tr", "", row -> List.of(names).forEach(name -> column(row, name)));
  }

  private static void column(Markup row, String name) {
    if (name.startsWith("#")) {
      row.element("th", "class=\"num\"", name.substring(1));
    } else if (name.startsWith("|")) {
      row.element("th", "class=\"after\"", name.substring(1));
    } else {
      row.element("th", "", name);
    }
  }

  static void number(Markup row, String text) {
    row.element("td", "class=\"num\"", text);
  }
}
