// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.ObjectiveSource;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.request.Problems;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who spent the budget: the bad events of a time by one dimension, in whole numbers that add up to
 * all of them.
 */
@Path("/api/v1/slos/{name}/attribution")
@Produces(MediaType.APPLICATION_JSON)
public final class AttributionResource {

  static final String REGION = "region";
  static final String GROUP = "group";
  static final String INCIDENT = "incident";

  private static final Set<String> BY_LEDGER = Set.of(REGION, GROUP, INCIDENT);

  private static final Duration LEDGER_MAX = Duration.ofDays(31);
  private static final Duration SPANS_MAX = Duration.ofHours(6);
  private static final Duration DEFAULT_RANGE = Duration.ofHours(1);
  private static final int KEY_MAX = 255;

  private final CurrentPrincipal caller;
  private final ObjectiveSource objectives;
  private final LedgerImpact regions;
  private final LedgerGroups groups;
  private final IncidentSpans incidents;
  private final SpanEvidence spans;
  private final InstantSource clock;

  public AttributionResource(
      CurrentPrincipal caller,
      ObjectiveSource objectives,
      LedgerImpact regions,
      LedgerGroups groups,
      IncidentSpans incidents,
      SpanEvidence spans,
      InstantSource clock) {
    this.caller = caller;
    this.objectives = objectives;
    this.regions = regions;
    this.groups = groups;
    this.incidents = incidents;
    this.spans = spans;
    this.clock = clock;
  }

  /** Bad events of one value. */
  public record Part(String value, long bad) {}

  /**
   * @param from whole minutes that touch what was asked for, as {@code to}
   * @param bad all bad events; the parts and {@code unattributed} add up to them
   * @param counted bad events that the ledger has, missing ones too. Spans that are stored may be
   *     more: some seconds before they are counted, where they came too late to be, or by a
   *     selector newer than the counts
   * @param unattributed bad events of no value: expected ones that did not come, spans that are not
   *     stored or lack the attribute, values beyond the hundred worst, minutes of no incident
   */
  public record Answer(
      String slo,
      Instant from,
      Instant to,
      String by,
      long bad,
      long counted,
      List<Part> parts,
      long unattributed) {}

  /**
   * @param by {@code region}, {@code group}, {@code incident}, or an attribute of spans such as
   *     {@code service.version}
   * @param from RFC 3339; by default an hour before {@code to}
   * @param to RFC 3339, by default now; at most 31 days later, of an attribute 6 h
   */
  @GET
  public Answer read(
      @PathParam("name") String name,
      @QueryParam("by") @DefaultValue(REGION) String by,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    try {
      Instant end = to == null ? clock.instant() : Parameters.time("to", to);
      Instant start = from == null ? end.minus(DEFAULT_RANGE) : Parameters.time("from", from);
      check(by, start, end, BY_LEDGER.contains(by) ? LEDGER_MAX : SPANS_MAX);
      SloId id = new SloId(caller.principal().tenant(), name);
      Slo slo = slo(id, end);
      return answer(slo, by, start.truncatedTo(ChronoUnit.MINUTES), minuteAfter(end));
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static void check(String by, Instant start, Instant end, Duration longest) {
    if (by.isBlank() || by.length() > KEY_MAX) {
      throw new IllegalArgumentException("by: region, group, incident, or the key of an attribute");
    }
    if (!start.isBefore(end) || Duration.between(start, end).compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "from: must be before to, by at most " + longest.toHours() + " h");
    }
  }

  /** As it was in force then, else now; not what a change to come will make of it. */
  private Slo slo(SloId id, Instant end) {
    Instant now = clock.instant();
    return objectives
        .inForce(id, end.isBefore(now) ? end : now)
        .or(() -> objectives.inForce(id, now))
        .map(slo -> Problems.counting("name", slo))
        .orElseThrow(() -> Problems.notFound("there is no SLO '" + id.name() + "'"));
  }

  private Answer answer(Slo slo, String by, Instant from, Instant to) {
    LedgerAccount account = new LedgerAccount.Newest(slo.line(), clock.instant());
    List<LedgerImpact.RegionImpact> ofRegions =
        regions.regions(slo.id(), account, from, to).value();
    long all = ofRegions.stream().mapToLong(LedgerImpact.RegionImpact::bad).sum();
    List<Part> parts =
        switch (by) {
          case REGION -> ofRegions.stream().map(r -> new Part(r.region(), r.bad())).toList();
          case GROUP ->
              groups.impact(slo.id(), account, from, to).value().stream()
                  .map(group -> new Part(group.group(), group.bad()))
                  .toList();
          case INCIDENT ->
              incidents.costs(slo.id(), account, from, to).stream()
                  .map(cost -> new Part(cost.incident(), cost.bad()))
                  .toList();
          default -> bySpans(slo, by, from, to);
        };
    List<Part> known =
        parts.stream().filter(part -> part.bad() > 0 && !part.value().isEmpty()).toList();
    long attributed = known.stream().mapToLong(Part::bad).sum();
    long bad = Math.max(all, attributed);
    return new Answer(slo.id().name(), from, to, by, bad, all, known, bad - attributed);
  }

  private List<Part> bySpans(Slo slo, String attribute, Instant from, Instant to) {
    if (!(slo.indicator() instanceof SpanIndicator indicator)) {
      throw new IllegalArgumentException(
          "by: the objective counts metrics; region, group or incident");
    }
    EvidenceScope scope =
        new EvidenceScope(slo.id().tenant(), indicator, from, to, SloStatus.GLOBAL);
    return spans.byAttribute(scope, attribute).value().stream()
        .map(share -> new Part(share.value(), share.bad()))
        .toList();
  }

  private static Instant minuteAfter(Instant time) {
    Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
    return minute.equals(time) ? minute : minute.plus(1, ChronoUnit.MINUTES);
  }
}
