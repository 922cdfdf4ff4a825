// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.request.Problems;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the items of the caller's tenant are. */
@Path("/api/v1/accounting")
@Produces(MediaType.APPLICATION_JSON)
public final class AccountingResource {

  /** Spans are kept 15 days, points 30; older entries have no rows to be compared with. */
  static final Duration DEFAULT_RANGE = Duration.ofDays(13);

  private final CurrentPrincipal caller;
  private final Accounting accounting;
  private final InstantSource clock;

  public AccountingResource(CurrentPrincipal caller, Accounting accounting, InstantSource clock) {
    this.caller = caller;
    this.accounting = accounting;
    this.clock = clock;
  }

  /** The answer: one entry per region and signal. */
  public record Answer(Instant from, List<Entry> accounts) {}

  /** An {@link Account} with its differences. */
  public record Entry(
      String region,
      String signal,
      long offered,
      long rejected,
      long refused,
      long accepted,
      long deduplicated,
      Map<String, Long> countedOnly,
      long forwarded,
      long stored,
      long inFlight,
      long residual,
      long duplicates) {

    static Entry of(Account account) {
      return new Entry(
          account.region(),
          account.signal(),
          account.offered(),
          account.rejected(),
          account.refused(),
          account.accepted(),
          account.deduplicated(),
          account.countedOnly(),
          account.forwarded(),
          account.stored(),
          account.inFlight(),
          account.residual(),
          account.duplicates());
    }
  }

  /**
   * @param from RFC 3339; by default 13 days ago
   */
  @GET
  public Answer read(@QueryParam("from") @Nullable String from) {
    try {
      Instant start =
          from == null ? clock.instant().minus(DEFAULT_RANGE) : Parameters.time("from", from);
      List<Entry> entries =
          accounting.read(caller.principal().tenant(), start).stream().map(Entry::of).toList();
      return new Answer(start, entries);
    } catch (IllegalArgumentException e) {
      throw Problems.badFields(List.of(String.valueOf(e.getMessage())));
    }
  }
}
