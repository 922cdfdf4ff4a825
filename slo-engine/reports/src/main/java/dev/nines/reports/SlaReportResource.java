// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.request.Problems;
import dev.nines.objectives.sla.evidence.EvidenceJson;
import dev.nines.objectives.sla.evidence.Keys;
import dev.nines.objectives.sla.evidence.Pack;
import dev.nines.objectives.sla.evidence.PackZip;
import dev.nines.reports.SlaReports.NoSuchReport;
import dev.nines.reports.SlaReports.Subject;
import dev.nines.reports.render.ReportCsv;
import dev.nines.reports.render.ReportHtml;
import dev.nines.reports.render.ReportPdf;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was promised to a customer, what was kept, what is due. A month that is over answers with
 * its latest stored revision; everything else is computed now.
 */
@Path("/api/v1/sla")
public class SlaReportResource {

  private static final String ON_DEMAND = "on demand";

  private final CurrentPrincipal caller;
  private final SlaReports reports;
  private final StoredReports stored;
  private final InstantSource clock;

  public SlaReportResource(
      CurrentPrincipal caller, SlaReports reports, StoredReports stored, InstantSource clock) {
    this.caller = caller;
    this.reports = reports;
    this.stored = stored;
    this.clock = clock;
  }

  /**
   * @param month {@code YYYY-MM} in the contract's zone; or {@code from} and {@code to}, RFC 3339,
   *     whole minutes, at most 62 days
   * @param asOf RFC 3339: computed from what was known then; stored revisions are left aside
   * @param revision a stored one
   * @param format {@code json}, {@code csv}, {@code html} or {@code pdf}
   */
  @GET
  @Path("/reports")
  public Response report(
      @QueryParam("customer") @DefaultValue("") String customer,
      @QueryParam("month") @Nullable String month,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("asOf") @Nullable String asOf,
      @QueryParam("revision") @DefaultValue("0") int revision,
      @QueryParam("format") @DefaultValue("json") String format) {
    Format known = Format.of(format);
    Pack pack = pack(customer, month, from, to, asOf, revision);
    String name = name(customer, month);
    return switch (known) {
      case JSON -> answer(pack.file(Pack.REPORT), MediaType.APPLICATION_JSON, name + ".json");
      case CSV -> answer(ReportCsv.write(pack.report()), "text/csv;charset=UTF-8", name + ".csv");
      case HTML -> answer(ReportHtml.write(pack), "text/html;charset=UTF-8", name + ".html");
      case PDF -> answer(ReportPdf.write(pack), "application/pdf", name + ".pdf");
    };
  }

  /** The report with all it was computed from, signed, as ZIP: {@code ./nines sla verify}. */
  @GET
  @Path("/evidence")
  @Produces("application/zip")
  public Response evidence(
      @QueryParam("customer") @DefaultValue("") String customer,
      @QueryParam("month") @Nullable String month,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("asOf") @Nullable String asOf,
      @QueryParam("revision") @DefaultValue("0") int revision) {
    Pack pack = pack(customer, month, from, to, asOf, revision);
    return Response.ok(PackZip.write(pack), "application/zip")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + name(customer, month) + ".zip\"")
        .build();
  }

  /** Stored revisions, the newest month first. */
  @GET
  @Path("/history")
  @Produces(MediaType.APPLICATION_JSON)
  public String history(@QueryParam("customer") @DefaultValue("") String customer) {
    return EvidenceJson.write(
        Map.of("revisions", stored.list(caller.principal().tenant(), customer)));
  }

  /** The public key that evidence is signed with, as PEM. */
  @GET
  @Path("/key")
  @Produces("application/x-pem-file")
  public String key() {
    return Keys.pem(reports.keyPair().getPublic());
  }

  private Pack pack(
      String customer,
      @Nullable String month,
      @Nullable String from,
      @Nullable String to,
      @Nullable String asOf,
      int revision) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try {
      Instant known = asOf == null ? now : Instant.parse(asOf).truncatedTo(ChronoUnit.MILLIS);
      Subject subject = subject(customer, month, from, to, known.isAfter(now) ? now : known);
      if (asOf == null || revision > 0) {
        var kept = reports.stored(subject, revision);
        if (kept.isPresent()) {
          return kept.get();
        }
      }
      if (revision > 0) {
        throw new NotFoundException("there is no revision " + revision);
      }
      return reports.pack(subject, known.isAfter(now) ? now : known, 0, ON_DEMAND);
    } catch (NoSuchReport e) {
      throw new NotFoundException(e.getMessage(), e);
    } catch (DateTimeException e) {
      throw Problems.badFields(
          List.of("month: YYYY-MM; from, to and asOf are RFC 3339: " + e.getMessage()));
    }
  }

  private Subject subject(
      String customer,
      @Nullable String month,
      @Nullable String from,
      @Nullable String to,
      Instant asOf)
      throws NoSuchReport {
    if (customer.isEmpty()) {
      throw Problems.badFields(List.of("customer: is required"));
    }
    String tenant = caller.principal().tenant();
    if (month != null) {
      return reports.month(tenant, customer, YearMonth.parse(month), asOf);
    }
    if (from == null || to == null) {
      throw Problems.badFields(List.of("month: is required, or from and to"));
    }
    return reports.between(tenant, customer, Instant.parse(from), Instant.parse(to), asOf);
  }

  private static String name(String customer, @Nullable String month) {
    return "sla-" + customer.replaceAll("[^a-z0-9-]", "") + (month == null ? "" : "-" + month);
  }

  private static Response answer(Object body, String type, String name) {
    return Response.ok(body, type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + name + "\"")
        .build();
  }
}
