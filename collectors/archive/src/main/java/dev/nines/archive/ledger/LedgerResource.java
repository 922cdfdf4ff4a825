// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.archive.LedgerAccount;
import dev.nines.archive.Parameters;
import dev.nines.archive.ledger.LedgerCells.Cell;
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

/**
 * What was counted, slice by slice, as it was known at any instant, and how it was revised. An SLO
 * has two accounts of its past: {@code measured}, each minute by the newest line that knows it, and
 * {@code counted}, what counted at the time.
 */
@Path("/api/v1/slos/{name}/ledger")
@Produces(MediaType.APPLICATION_JSON)
public final class LedgerResource {

  private static final Duration REVISIONS_MAX = Duration.ofHours(49);
  private static final int PAGE = 100;
  private static final int SCOPE_MAX = 255;
  private static final String MEASURED = "measured";
  private static final String COUNTED = "counted";

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
   * @param line in force at the end; lines before answer for minutes that its past does not reach
   * @param account {@code measured} or {@code counted}
   * @param zone whose hours and days these are
   * @param known false for a region of which the ledger has no event of any time: there is none of
   *     that name, or what came first is still on its way
   * @param next where the next page begins; null at the end
   */
  public record Page(
      String slo,
      long line,
      String account,
      String scope,
      String step,
      String zone,
      Instant knownAt,
      boolean known,
      List<Slice> slices,
      @Nullable Instant next) {}

  /**
   * @param known as in {@link Page}
   * @param next what {@code after} of the next page is; null at the end
   */
  public record History(
      String slo,
      long line,
      String account,
      String scope,
      Instant from,
      Instant to,
      Instant knownAt,
      boolean known,
      List<Revision> revisions,
      @Nullable Instant next) {}

  /**
   * Slices that touch [from, to), oldest first. The line is the one in force at their end, or now
   * where there was none: its past may reach so far.
   *
   * @param from RFC 3339; by default an hour of minutes, a day of hours, seven days before {@code
   *     to}, which is now by default and at most
   * @param knownAt RFC 3339; now by default
   * @param scope a region, or {@code global}
   * @param step {@code minute}, {@code hour} or {@code day}
   * @param account {@code measured} or {@code counted}
   */
  @GET
  public Page slices(
      @PathParam("name") String name,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("knownAt") @Nullable String knownAt,
      @QueryParam("scope") @DefaultValue(SloStatus.GLOBAL) String scope,
      @QueryParam("step") @DefaultValue("minute") String step,
      @QueryParam("account") @DefaultValue(MEASURED) String account) {
    try {
      Step length = Step.of(step);
      Instant now = clock.instant();
      Instant end = Parameters.past("to", to, now);
      Instant start = from == null ? end.minus(length.usual()) : Parameters.past("from", from, now);
      Instant known = Parameters.past("knownAt", knownAt, now);
      check(start, end, scope);
      return page(asked(name, account, start, end, known, scope), length);
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
      @QueryParam("after") @Nullable String after,
      @QueryParam("account") @DefaultValue(MEASURED) String account) {
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
      return history(asked(name, account, start, end, known, scope), last);
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }

  /** What somebody asks about; both ends whole slices or not. */
  private record Asked(
      Slo slo, LedgerAccount account, Instant from, Instant to, Instant knownAt, String scope) {

    Question question(List<Long> bounds) {
      return new Question(slo.id(), account, scope, bounds.getFirst(), bounds.getLast(), knownAt);
    }

    String word() {
      return account instanceof LedgerAccount.AtTheTime ? COUNTED : MEASURED;
    }
  }

  private Asked asked(
      String name, String word, Instant from, Instant to, Instant knownAt, String scope) {
    SloId id = new SloId(caller.principal().tenant(), name);
    Slo slo =
        objectives
            .inForce(id, to)
            .or(() -> objectives.inForce(id, clock.instant()))
            .map(found -> Problems.counting("name", found))
            .orElseThrow(() -> Problems.notFound("there is no SLO '" + name + "'"));
    LedgerAccount account =
        switch (word) {
          case MEASURED -> new LedgerAccount.Newest(slo.line(), knownAt);
          case COUNTED -> new LedgerAccount.AtTheTime();
          default ->
              throw new IllegalArgumentException(
                  "account: measured or counted, not '" + word + "'");
        };
    return new Asked(slo, account, from, to, knownAt, scope);
  }

  private Page page(Asked asked, Step step) {
    ZoneId zone = Step.zone(asked.slo());
    List<Long> bounds = step.bounds(asked.from(), asked.to(), zone, step.most());
    Question question = asked.question(bounds);
    List<Cell> cells = ledger.cells(question, step.cellSeconds());
    LedgerView view = new LedgerView(asked.slo(), asked.scope(), ledger.silences(question));
    List<Slice> slices = view.slices(bounds, cells);
    Instant end = Instant.ofEpochSecond(bounds.getLast());
    return new Page(
        asked.slo().id().name(),
        asked.slo().line(),
        asked.word(),
        asked.scope(),
        step.word(),
        zone.getId(),
        asked.knownAt(),
        !cells.isEmpty() || known(asked),
        slices,
        end.isBefore(asked.to()) ? end : null);
  }

  private History history(Asked asked, Instant after) {
    List<Long> bounds =
        Step.MINUTE.bounds(asked.from(), asked.to(), Step.zone(asked.slo()), Integer.MAX_VALUE - 1);
    Question question = asked.question(bounds);
    List<Long> times = history.times(question, after, PAGE + 1);
    boolean more = times.size() > PAGE;
    List<Long> shown = more ? times.subList(0, PAGE) : times;
    return new History(
        asked.slo().id().name(),
        asked.slo().line(),
        asked.word(),
        asked.scope(),
        Instant.ofEpochSecond(bounds.getFirst()),
        Instant.ofEpochSecond(bounds.getLast()),
        asked.knownAt(),
        !times.isEmpty() || known(asked),
        history.at(question, shown),
        more ? Instant.ofEpochMilli(shown.getLast()) : null);
  }

  private boolean known(Asked asked) {
    return asked.scope().equals(SloStatus.GLOBAL) || ledger.knows(asked.slo().id(), asked.scope());
  }

  private static void check(Instant start, Instant end, String scope) {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("from: must be before to");
    }
    if (scope.isBlank() || scope.length() > SCOPE_MAX) {
      throw new IllegalArgumentException("scope: global, or the name of a region");
    }
  }
}
