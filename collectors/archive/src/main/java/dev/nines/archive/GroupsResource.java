// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.archive.LedgerGroups.GroupImpact;
import dev.nines.objectives.ObjectiveSource;
import dev.nines.objectives.SloId;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which customers were hit: an objective's groups in a time, those with most bad events first. */
@Path("/api/v1/slos/{name}/groups")
@Produces(MediaType.APPLICATION_JSON)
public final class GroupsResource {

  static final Duration RANGE_MAX = Duration.ofDays(31);
  private static final Duration DEFAULT_RANGE = Duration.ofDays(1);
  private static final int LIMIT_MAX = 2_000;

  private final CurrentPrincipal caller;
  private final ObjectiveSource objectives;
  private final LedgerGroups ledger;
  private final InstantSource clock;

  public GroupsResource(
      CurrentPrincipal caller,
      ObjectiveSource objectives,
      LedgerGroups ledger,
      InstantSource clock) {
    this.caller = caller;
    this.objectives = objectives;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * @param omitted groups beyond the limit
   */
  public record Answer(
      String slo, Instant from, Instant to, List<GroupImpact> groups, int omitted) {}

  /**
   * @param from RFC 3339; by default a day before {@code to}
   * @param to RFC 3339, by default now; at most 31 days later
   * @param limit 1 to 2,000 groups
   */
  @GET
  public Answer read(
      @PathParam("name") String name,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("limit") @DefaultValue("100") String limit) {
    try {
      Instant end = to == null ? clock.instant() : Parameters.time("to", to);
      Instant start = from == null ? end.minus(DEFAULT_RANGE) : Parameters.time("from", from);
      if (!start.isBefore(end) || Duration.between(start, end).compareTo(RANGE_MAX) > 0) {
        throw new IllegalArgumentException("from: must be before to, by at most 31 days");
      }
      int most = (int) Parameters.number("limit", limit, 1, LIMIT_MAX);
      SloId slo = new SloId(caller.principal().tenant(), name);
      List<GroupImpact> groups = ledger.impact(slo, account(slo, end), start, end).value();
      List<GroupImpact> shown = groups.subList(0, Math.min(most, groups.size()));
      return new Answer(name, start, end, shown, groups.size() - shown.size());
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }

  /** As the line in force measures it; of an SLO that is gone, what counted at the time. */
  private LedgerAccount account(SloId slo, Instant end) {
    Instant now = clock.instant();
    return objectives
        .inForce(slo, end.isBefore(now) ? end : now)
        .or(() -> objectives.inForce(slo, now))
        .map(found -> Problems.counting("name", found))
        .<LedgerAccount>map(found -> new LedgerAccount.Newest(found.line(), now))
        .orElseGet(LedgerAccount.AtTheTime::new);
  }
}
