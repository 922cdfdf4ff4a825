// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.archive.Parameters;
import dev.nines.archive.ledger.LedgerRevisions.Revision;
import dev.nines.archive.ledger.LedgerView.Slice;
import dev.nines.objectives.ObjectiveSource;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
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
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was counted, slice by slice, as it was known at any instant, and how it was revised. */
@Path("/api/v1/slos/{name}/ledger")
@Produces(MediaType.APPLICATION_JSON)
public final class LedgerResource {

  private static final Duration REVISIONS_MAX = Duration.ofHours(49);
  private static final int PAGE = 100;
  private static final int SCOPE_MAX = 255;

  private final CurrentPrincipal caller;
  private final ObjectiveSource objectives;
  private final LedgerCells ledger;
  private final LedgerRevisions history;
  private final InstantSource clock;

  public LedgerResource(
      CurrentPrincipal caller,
      ObjectiveSource objectives,
      LedgerCells ledger,
      LedgerRevisions history,
      InstantSource clock) {
    this.caller = caller;
    this.objectives = objectives;
    this.ledger = ledger;
    this.history = history;
    this.clock = clock;
  }

  /**
   * @param line generation that began what is counted here
   * @param zone whose hours and days these are
   * @param next where the next page begins; null at the end
   */
  public record Page(
      String slo,
      long line,
      String scope,
      String step,
      String zone,
      Instant knownAt,
      List<Slice> slices,
      @Nullable Instant next) {}

  /**
   * @param next what {@code after} of the next page is; null at the end
   */
  public record History(
      String slo,
      long line,
      String scope,
      Instant from,
      Instant to,
      Instant knownAt,
      List<Revision> revisions,
      @Nullable Instant next) {}

  /**
   * Slices that touch [from, to), oldest first. The line is the one in force at their end.
   *
   * @param from RFC 3339; by default an hour of minutes, a day of hours, seven days before {@code
   *     to}, which is now by default and at most
   * @param knownAt RFC 3339; now by default
   * @param scope a region, or {@code global}
   * @param step {@code minute}, {@code hour} or {@code day}
   */
  @GET
  public Page slices(
      @PathParam("name") String name,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("knownAt") @Nullable String knownAt,
      @QueryParam("scope") @DefaultValue(SloStatus.GLOBAL) String scope,
      @QueryParam("step") @DefaultValue("minute") String step) {
    try {
      Step length = Step.of(step);
      Instant now = clock.instant();
      Instant end = Parameters.past("to", to, now);
      Instant start = from == null ? end.minus(length.usual()) : Parameters.past("from", from, now);
      Instant known = Parameters.past("knownAt", knownAt, now);
      check(start, end, scope);
      return page(slo(name, end), length, start, end, known, scope);
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Every change of [from, to) after it had been complete, oldest first. Sums are of all of it.
   *
   * @param from RFC 3339, a whole minute or the one that it is in; by default an hour before {@code
   *     to}, which is now by default and at most 49 h later
   * @param after changes that were known later than this
   */
  @GET
  @Path("/revisions")
  public History revisions(
      @PathParam("name") String name,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("knownAt") @Nullable String knownAt,
      @QueryParam("scope") @DefaultValue(SloStatus.GLOBAL) String scope,
      @QueryParam("after") @Nullable String after) {
    try {
      Instant now = clock.instant();
      Instant end = Parameters.past("to", to, now);
      Instant start =
          from == null ? end.minus(Step.MINUTE.usual()) : Parameters.past("from", from, now);
      Instant known = Parameters.past("knownAt", knownAt, now);
      Instant last = after == null ? Instant.EPOCH : Parameters.past("after", after, now);
      check(start, end, scope);
      if (Duration.between(start, end).compareTo(REVISIONS_MAX) > 0) {
        throw new IllegalArgumentException("from: must be before to, by at most 49 h");
      }
      return history(slo(name, end), start, end, known, scope, last);
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }

  private Page page(Slo slo, Step step, Instant from, Instant to, Instant knownAt, String scope) {
    ZoneId zone = Step.zone(slo);
    List<Long> bounds = step.bounds(from, to, zone, step.most());
    Question question =
        new Question(slo.id(), slo.line(), scope, bounds.getFirst(), bounds.getLast(), knownAt);
    LedgerView view = new LedgerView(slo, scope, ledger.silences(question));
    List<Slice> slices = view.slices(bounds, ledger.cells(question, step.cellSeconds()));
    Instant end = Instant.ofEpochSecond(bounds.getLast());
    return new Page(
        slo.id().name(),
        slo.line(),
        scope,
        step.word(),
        zone.getId(),
        knownAt,
        slices,
        end.isBefore(to) ? end : null);
  }

  private History history(
      Slo slo, Instant from, Instant to, Instant knownAt, String scope, Instant after) {
    List<Long> bounds = Step.MINUTE.bounds(from, to, Step.zone(slo), Integer.MAX_VALUE - 1);
    Question question =
        new Question(slo.id(), slo.line(), scope, bounds.getFirst(), bounds.getLast(), knownAt);
    List<Long> times = history.times(question, after, PAGE + 1);
    boolean more = times.size() > PAGE;
    List<Long> shown = more ? times.subList(0, PAGE) : times;
    return new History(
        slo.id().name(),
        slo.line(),
        scope,
        Instant.ofEpochSecond(bounds.getFirst()),
        Instant.ofEpochSecond(bounds.getLast()),
        knownAt,
        history.at(question, shown),
        more ? Instant.ofEpochMilli(shown.getLast()) : null);
  }

  private static void check(Instant start, Instant end, String scope) {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("from: must be before to");
    }
    if (scope.isBlank() || scope.length() > SCOPE_MAX) {
      throw new IllegalArgumentException("scope: global, or the name of a region");
    }
  }

  private Slo slo(String name, Instant end) {
    return objectives
        .inForce(new SloId(caller.principal().tenant(), name), end)
        .orElseThrow(() -> Problems.notFound("there is no SLO '" + name + "'"));
  }
}
