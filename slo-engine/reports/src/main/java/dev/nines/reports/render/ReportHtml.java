// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.sla.Report;
import dev.nines.objectives.sla.Report.ExclusionReport;
import dev.nines.objectives.sla.Report.ServiceReport;
import dev.nines.objectives.sla.Rulings.Ruling;
import dev.nines.objectives.sla.evidence.Keys;
import dev.nines.objectives.sla.evidence.Manifest;
import dev.nines.objectives.sla.evidence.Pack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.stream.Collectors;

/** A report as one XHTML page that needs nothing else: for the browser, for paper, for the PDF. */
public final class ReportHtml {

  static final String FONT = "Liberation Sans";
  static final String CODE_FONT = "Liberation Mono";

  private static final String STYLE = resource("report.css");

  private final Report report;
  private final Manifest manifest;
  private final String fingerprint;
  private final ZoneId zone;

  private ReportHtml(Pack pack) {
    report = pack.report();
    manifest = pack.manifest();
    fingerprint = Keys.read(pack.file(Pack.PUBLIC_KEY)).map(Keys::fingerprint).orElse("");
    zone = ZoneId.of(report.timeZone());
  }

  public static String write(Pack pack) {
    return new ReportHtml(pack).page();
  }

  private String page() {
    Markup page = new Markup().raw("<!DOCTYPE html>\n");
    page.element(
        "html",
        "xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\"",
        html -> {
          html.element(
              "head",
              "",
              head -> {
                head.raw("<meta charset=\"UTF-8\"/>\n");
                head.element("title", "", title());
                head.element("style", "", style -> style.raw(STYLE));
              });
          html.element("body", "", body -> body.element("div", "class=\"sheet\"", this::sheet));
        });
    return page.toString();
  }

  private String title() {
    return report.provider()
        + " for "
        + report.displayName()
        + " – service levels, "
        + report.period();
  }

  private void sheet(Markup sheet) {
    brand(sheet);
    hero(sheet);
    if (report.provisional()) {
      sheet.element("p", "class=\"notice\"", provisional());
    }
    summary(sheet);
    report.services().forEach(service -> new ServiceSection(report, service).write(sheet));
    exclusions(sheet);
    terms(sheet);
    evidence(sheet);
  }

  private void brand(Markup sheet) {
    sheet.element(
        "table",
        "class=\"brand\"",
        table ->
            table.element(
                "tr",
                "",
                row -> {
                  row.element("td", "", cell -> cell.element("strong", "", report.provider()));
                  row.element("td", "class=\"right\"", "Service level report");
                }));
  }

  private void hero(Markup sheet) {
    sheet.element(
        "table",
        "class=\"hero\"",
        table ->
            table.element(
                "tr",
                "",
                row -> {
                  row.element(
                      "td",
                      "",
                      cell -> {
                        cell.element("h1", "", report.displayName());
                        cell.element("p", "", report.period());
                        cell.element("p", "class=\"muted small\"", stretch());
                      });
                  row.element("td", "class=\"due\"", this::due);
                }));
  }

  private String stretch() {
    return Shown.time(report.from(), zone)
        + " to "
        + Shown.time(report.to(), zone)
        + " · "
        + report.timeZone();
  }

  private void due(Markup cell) {
    boolean owed = report.total().payable().signum() > 0;
    boolean known = report.services().stream().allMatch(service -> service.uptime() != null);
    String type = owed ? "missed" : known ? "kept" : "open";
    cell.element(
        "div",
        "class=\"due-box " + type + "\"",
        box -> {
          box.element("div", "class=\"label\"", report.provisional() ? "Credit so far" : "Credit");
          box.element(
              "div",
              "class=\"amount\"",
              owed
                  ? Shown.money(report.total().payable(), report.currency())
                  : known ? "None due" : "Not measured");
        });
  }

  private String provisional() {
    return "Provisional: computed through "
        + Shown.exactTime(report.through(), zone)
        + " from what was known at "
        + Shown.exactTime(report.asOf(), zone)
        + ". Later data can still change it.";
  }

  private void summary(Markup sheet) {
    sheet.element("h3", "", "Summary");
    sheet.element(
        "table",
        "class=\"data\"",
        table -> {
          ServiceSection.head(
              table, "Service", "#Promised", "#Uptime", "|Result", "#Monthly fee", "#Credit");
          report.services().forEach(service -> summary(table, service));
          table.element(
              "tr",
              "class=\"sum\"",
              row -> {
                row.element("td", "colspan=\"4\"", "Payable");
                ServiceSection.number(row, Shown.money(report.total().fees(), report.currency()));
                ServiceSection.number(
                    row, Shown.money(report.total().payable(), report.currency()));
              });
        });
    if (report.total().payable().compareTo(report.total().credits()) != 0) {
      sheet.element(
          "p",
          "class=\"muted small\"",
          "The credits come to "
              + Shown.money(report.total().credits(), report.currency())
              + "; the contract pays "
              + report.terms().credits()
              + ".");
    }
  }

  private void summary(Markup table, ServiceReport service) {
    table.element(
        "tr",
        "",
        row -> {
          row.element("td", "class=\"strong\"", service.name());
          ServiceSection.number(row, Shown.percent(service.promised()));
          ServiceSection.number(row, Shown.percent(service.uptime()));
          row.element("td", "class=\"after\"", cell -> result(cell, service));
          ServiceSection.number(row, Shown.money(service.fee(), report.currency()));
          ServiceSection.number(row, Shown.money(service.credit(), report.currency()));
        });
  }

  private static void result(Markup cell, ServiceReport service) {
    if (service.uptime() == null) {
      cell.element("span", "class=\"tag tag-open\"", "Not measured");
    } else if (service.uptime().compareTo(service.promised()) < 0) {
      cell.element("span", "class=\"tag tag-missed\"", "Missed");
    } else {
      cell.element("span", "class=\"tag tag-kept\"", "Kept");
    }
  }

  private void exclusions(Markup sheet) {
    if (report.exclusions().isEmpty()) {
      return;
    }
    sheet.element("h3", "", "Declared exclusions");
    sheet.element(
        "table",
        "class=\"data\"",
        table -> {
          ServiceSection.head(table, "Kind", "From", "To", "Announced", "Reason", "#Left out");
          report.exclusions().forEach(exclusion -> exclusion(table, exclusion));
        });
  }

  private void exclusion(Markup table, ExclusionReport exclusion) {
    String objections =
        exclusion.rulings().stream()
            .map(Ruling::reason)
            .filter(reason -> !reason.isEmpty())
            .distinct()
            .collect(Collectors.joining("; "));
    table.element(
        "tr",
        "",
        row -> {
          row.element("td", "class=\"strong\"", exclusion.kind());
          row.element("td", "", Shown.time(exclusion.from(), zone));
          row.element("td", "", Shown.time(exclusion.to(), zone));
          row.element("td", "", Shown.time(exclusion.announcedAt(), zone));
          row.element(
              "td",
              "",
              cell -> {
                cell.text(exclusion.reason());
                if (!objections.isEmpty()) {
                  cell.element("div", "class=\"tag tag-missed\"", "Ruled: " + objections);
                }
              });
          ServiceSection.number(row, Shown.minutes(exclusion.minutes()));
        });
  }

  private void terms(Markup sheet) {
    sheet.element(
        "div",
        "class=\"keep\"",
        block -> {
          block.element("h3", "", "Rules of the contract");
          block.element(
              "table",
              "class=\"data\"",
              table -> {
                term(table, "A minute without requests", report.terms().idle());
                term(table, "A minute that was not measured", report.terms().unmeasured());
                term(table, "Excluded time", report.terms().excluded());
                term(table, "Exclusions", report.terms().maintenance());
                term(table, "Credits", report.terms().credits());
                term(
                    table,
                    "Rounding of percentages",
                    "none before a tier is chosen; shown percentages are cut, never rounded up");
              });
        });
  }

  private static void term(Markup table, String name, String rule) {
    table.element(
        "tr",
        "",
        row -> {
          row.element("td", "class=\"muted\"", name);
          row.element("td", "", rule);
        });
  }

  private void evidence(Markup sheet) {
    sheet.element("h3", "", "Evidence");
    sheet.element(
        "div",
        "class=\"evidence small\"",
        box -> {
          box.element(
              "p",
              "",
              "Every number here can be computed again from the signed evidence pack of this"
                  + " report, without access to the platform: ./nines sla verify PACK");
          box.element(
              "table",
              "",
              table -> {
                fact(table, "Revision", revision(), "");
                fact(table, "Known at", Shown.exactTime(report.asOf(), zone), "");
                fact(table, "Contract", "version " + report.contractVersion(), "");
                fact(table, "Definition SHA-256", report.definitionHash(), "code");
                fact(table, "Signing key SHA-256", fingerprint, "code");
              });
        });
  }

  private String revision() {
    return manifest.revision() == 0
        ? "computed on demand"
        : manifest.revision() + " (" + manifest.cause() + ")";
  }

  private static void fact(Markup table, String name, String value, String type) {
    table.element(
        "tr",
        "",
        row -> {
          row.element("td", "class=\"name\"", name);
          row.element("td", "class=\"" + type + "\"", value);
        });
  }

  private static String resource(String name) {
    try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
